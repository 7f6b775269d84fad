import { useEffect, useMemo, useReducer } from 'react';
import type { Id, Instant } from '#domain/model/values.ts';
import { useClient, useWindowStore } from '../../state/hooks.ts';
import type { RecordTables } from '../../state/store.ts';
import { createRoadEtas, drivesWithoutEta } from './road-etas.ts';

/** The arrivals by road of crews on the way here of whom none was reported, by mission; looked at each second of `now`. */
export const useRoadEtas = (tables: RecordTables | null, now: Instant | null): ReadonlyMap<Id, Instant> => {
  const client = useClient();
  const store = useWindowStore();
  const [, changed] = useReducer((count: number) => count + 1, 0);
  const etas = useMemo(() => createRoadEtas(client.route, changed), [client]);
  useEffect(() => etas.stop, [etas]);
  useEffect(() => {
    if (tables && now !== null) etas.ask(drivesWithoutEta(tables, store.getState().positions, now), now);
  }, [etas, tables, now, store]);
  return etas.known();
};
