import { useMemo } from 'react';
import type { Role } from '#domain/model/grant.ts';
import type { Message } from '#domain/model/message.ts';
import { messagesInOrder, rolesToAnswer } from '#domain/rules/messages.ts';
import { useFramePart, useRecords } from '../../state/hooks.ts';

const noRoles: readonly Role[] = [];

/** The roles of the person at this desk; none without one. */
export const useRoles = (): readonly Role[] => {
  const roles = useFramePart('person')?.roles;
  const key = roles?.join(' ') ?? '';
  // The frame is new each second; the roles are not.
  return useMemo(() => (key === '' ? noRoles : (key.split(' ') as Role[])), [key]);
};

/** The messages that the person at this desk has still to acknowledge, urgent ones first. */
export const useUnanswered = (): readonly Message[] => {
  const rows = useRecords('message');
  const roles = useRoles();
  return useMemo(
    () =>
      messagesInOrder(
        [...rows.values()].map(({ record }) => record).filter((message) => rolesToAnswer(message, roles).length > 0),
        roles,
      ),
    [rows, roles],
  );
};
