import type {
  AddressAnswer,
  IsochroneAnswer,
  RecommendAnswer,
  RecommendHospitalAnswer,
  RouteAnswer,
} from '#contracts/ipc/dispatch-desk.ts';
import type { Health } from '#contracts/ipc/health.ts';
import type { PackShown, SheetOut, Theme, WindowKind } from '#contracts/ipc/main-window.ts';
import type { ReplayAt, ReplayPart, ReplaySpan } from '#contracts/ipc/replay.ts';
import type { DeskSelection, DrawnSheet, HandoverAsked, ResolveAnswer, SubmitAnswer } from '#contracts/ipc/station-window.ts';
import type { CommandInput, CommandName } from '#domain/commands/registry.ts';
import type { Role } from '#domain/model/grant.ts';
import type { DeskAnswer, DeskQuestion } from '#domain/model/message-desk.ts';
import type { Id, Instant, Position } from '#domain/model/values.ts';

/** What a board may ask for. One per window; made by `connect` (connect.ts), handed down by the window's provider. */
export type WindowClient = {
  /** Makes a command. Answers within milliseconds with saved, refused or notSaved; it never waits on the network and never throws. */
  readonly submit: <N extends CommandName>(name: N, input: CommandInput<N>, commandId?: Id) => Promise<SubmitAnswer>;
  readonly signIn: (as: 'demo' | Role) => Promise<void>;
  /** A second person does one thing here under a sign-in of their own. Rejects with a sentence when the hospital does not give it now. */
  readonly countersign: (as: 'demo' | Role, name: 'signHandover', input: CommandInput<'signHandover'>) => Promise<SubmitAnswer>;
  /** The AES-GCM key of the signed-in author's drafts. */
  readonly draftKey: () => Promise<CryptoKey>;
  /** Decides about a conflict: keep what stands, or do what was lost again as a new command. Rejects when it is gone. */
  readonly resolveConflict: (commandId: Id, choice: 'keep' | 'apply', reason: string) => Promise<ResolveAnswer>;
  /** Hears the health of the desk about once a second until the returned stop is called, over restarts of the station. */
  readonly watchHealth: (take: (health: Health) => void) => () => void;
  /** The text that may leave this desk for whoever supports it. */
  readonly supportBundle: () => Promise<{ readonly fileName: string; readonly text: string }>;
  /** The missions of calls received in [from, to) as CSV; the audit trail notes it. */
  readonly exportMissions: (
    from: Instant,
    to: Instant,
  ) => Promise<{ readonly fileName: string; readonly text: string; readonly lines: number }>;
  /** Asks the person for a file; the name of the file, or null when none was chosen. */
  readonly saveText: (fileName: string, text: string) => Promise<string | null>;
  readonly copyText: (text: string) => Promise<void>;
  /** Has the station draw a handover in the language of this window; the audit trail notes it. Rejects with a sentence. */
  readonly drawHandover: (of: HandoverAsked) => Promise<DrawnSheet>;
  /** What the station drew goes to a printer, or into a PDF that the person chooses. */
  readonly printSheet: (sheet: DrawnSheet) => Promise<SheetOut>;
  readonly saveSheet: (sheet: DrawnSheet) => Promise<SheetOut>;
  /** Shows the newest downtime pack in a window of its own, or asks for a printer as well. */
  readonly downtimePack: (how: 'open' | 'print') => Promise<PackShown>;
  readonly closeWindow: () => void;
  /** Addresses, streets, corners, coordinates and places for a line; a newer search supersedes an older one. Rejects while there is no station. */
  readonly searchAddress: (text: string, near: Position | null) => Promise<AddressAnswer>;
  /** Units for an incident, ranked with their reasons. Rejects while there is no station. */
  readonly recommend: (incidentId: Id) => Promise<RecommendAnswer>;
  /** Hospitals for the patient of an incident who is at `from`. Rejects while there is no station. */
  readonly recommendHospital: (incidentId: Id, from: Position | null) => Promise<RecommendHospitalAnswer>;
  /** The quickest way by road between two positions. Rejects while there is no station. */
  readonly route: (from: Position, to: Position) => Promise<RouteAnswer>;
  /** The areas that free units reach by road within some minutes. Rejects while there is no station. */
  readonly cover: (minutes: readonly number[]) => Promise<IsochroneAnswer>;
  /** What this desk kept of the last hours. Each rejects while there is no station. */
  readonly replay: {
    readonly span: () => Promise<ReplaySpan>;
    readonly at: (at: Instant) => Promise<ReplayAt>;
    readonly part: (from: Instant, to: Instant) => Promise<ReplayPart>;
  };
  /** Asks about messages of the hospital's interfaces: the answer, or why there is none. Rejects while there is no station. */
  readonly askMessageDesk: (question: DeskQuestion) => Promise<DeskAnswer>;
  /** Tells the desk's other windows what a person chose here. */
  readonly select: (selection: DeskSelection) => void;
  readonly report: (code: string, message: string) => void;
  readonly showBoard: (board: WindowKind) => void;
  readonly setTheme: (theme: Theme) => void;
  /** A new UUIDv7, minted at a gesture. */
  readonly newId: () => Id;
};
