import type { Board, Theme } from '#contracts/ipc/main-window.ts';
import type { SubmitAnswer } from '#contracts/ipc/station-window.ts';
import type { CommandInput, CommandName } from '#domain/commands/registry.ts';
import type { Role } from '#domain/model/grant.ts';
import type { Id } from '#domain/model/values.ts';

/** What a board may ask for. One per window; made by `connect` (connect.ts), handed down by the window's provider. */
export type WindowClient = {
  /** Makes a command. Answers within milliseconds with saved, refused or notSaved; it never waits on the network and never throws. */
  readonly submit: <N extends CommandName>(name: N, input: CommandInput<N>, commandId?: Id) => Promise<SubmitAnswer>;
  readonly signIn: (as: 'demo' | Role) => Promise<void>;
  /** The AES-GCM key of the signed-in author's drafts. */
  readonly draftKey: () => Promise<CryptoKey>;
  readonly dismissConflict: (commandId: Id, reason: string) => Promise<void>;
  readonly report: (code: string, message: string) => void;
  readonly showBoard: (board: Board) => void;
  readonly setTheme: (theme: Theme) => void;
  /** A new UUIDv7, minted at a gesture. */
  readonly newId: () => Id;
};
