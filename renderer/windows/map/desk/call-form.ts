/** The form of a call as typed: text stays text until it is sent, so that nothing a dispatcher wrote is lost to a parser. */
import type { AddressAnswer } from '#contracts/ipc/dispatch-desk.ts';
import type { CommandInput } from '#domain/commands/registry.ts';
import type { Call } from '#domain/model/call.ts';
import type { CallCategory } from '#domain/model/dispatch-settings.ts';
import type { IncidentPriority } from '#domain/model/incident.ts';
import type { Id, Instant, Position } from '#domain/model/values.ts';

export type AddressMatch = Extract<AddressAnswer, { state: 'found' }>['matches'][number];

/** A point on the map and who gave it: a result chosen, a click, the caller's telephone, or the middle of the view. */
export type CallPlace = { readonly position: Position; readonly from: 'search' | 'map' | 'caller' | 'centre' };

export type CallForm = {
  /** The call it was opened for; null for one that no telephone system told of. */
  readonly callId: Id | null;
  readonly openedAt: Instant;
  readonly address: string;
  readonly place: CallPlace | null;
  readonly category: string;
  /** Null while the category says it. */
  readonly priority: IncidentPriority | null;
  readonly callerName: string;
  readonly callerPhone: string;
  readonly patient: string;
  readonly note: string;
  /** When the caller's location was made that this form has taken or was shown; a later one offers itself. */
  readonly locatedAt: Instant | null;
};

export const emptyCallForm: CallForm = {
  callId: null,
  openedAt: 0,
  address: '',
  place: null,
  category: '',
  priority: null,
  callerName: '',
  callerPhone: '',
  patient: '',
  note: '',
  locatedAt: null,
};

/** The form that an answered call fills: the line's number, owner and address, and where its telephone is. */
export const formOfCall = (call: Call, now: Instant): CallForm => ({
  ...emptyCallForm,
  callId: call.id,
  openedAt: now,
  address: call.address ?? '',
  place: call.location === null ? null : { position: call.location.position, from: 'caller' },
  callerName: call.subscriber ?? '',
  callerPhone: call.phone ?? '',
  locatedAt: call.locatedAt,
});

/** Whether something was typed that would be missed. */
export const isWorthKeeping = (form: CallForm): boolean =>
  [form.address, form.category, form.callerName, form.callerPhone, form.patient, form.note].some((text) => text.trim() !== '');

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').trim().toLowerCase();

/** Categories for what was typed, best first: the code itself, a code or name that begins so, a word that does, then any part. */
export const categoriesFor = (typed: string, categories: readonly CallCategory[]): readonly CallCategory[] => {
  const wanted = plain(typed);
  if (wanted === '') return categories;
  const rank = ({ code, name }: CallCategory): number => {
    const [shortName, long] = [plain(code), plain(name)];
    if (shortName === wanted || long === wanted) return 0;
    if (shortName.startsWith(wanted)) return 1;
    if (long.startsWith(wanted)) return 2;
    if (long.split(/\s+/).some((word) => word.startsWith(wanted))) return 3;
    return long.includes(wanted) ? 4 : 5;
  };
  return categories
    .map((one, index) => ({ one, index, rank: rank(one) }))
    .filter((found) => found.rank < 5)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ one }) => one);
};

/** The category that a text names by its whole name or code. */
export const categoryNamed = (typed: string, categories: readonly CallCategory[]): CallCategory | undefined =>
  categories.find(({ code, name }) => plain(code) === plain(typed) || plain(name) === plain(typed));

/** The priority that stands: what was chosen, else what the category suggests; null when nobody has said one. */
export const priorityOf = (form: CallForm, categories: readonly CallCategory[]): IncidentPriority | null =>
  form.priority ?? categoryNamed(form.category, categories)?.priority ?? null;

export type Missing = 'category' | 'address' | 'place' | 'priority';
/** What a call cannot be sent without. */
export const missingIn = (form: CallForm, categories: readonly CallCategory[]): readonly Missing[] =>
  [
    form.address.trim() === '' ? ('address' as const) : null,
    form.place === null ? ('place' as const) : null,
    form.category.trim() === '' ? ('category' as const) : null,
    form.category.trim() !== '' && priorityOf(form, categories) === null ? ('priority' as const) : null,
  ].filter((one) => one !== null);

const longestForm = 4 * 3_600_000;
const lineOf = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** What is sent; null while something is missing. A form of yesterday does not say when its call was received. */
export const incidentOf = (
  form: CallForm,
  categories: readonly CallCategory[],
  call: Call | undefined,
  now: Instant,
): CommandInput<'createIncident'> | null => {
  const priority = priorityOf(form, categories);
  if (missingIn(form, categories).length > 0 || form.place === null || priority === null) return null;
  const category = categoryNamed(form.category, categories);
  const caller = {
    name: lineOf(form.callerName),
    phone: lineOf(form.callerPhone),
    location: call?.location ?? null,
  };
  const isKnown = caller.name !== null || caller.phone !== null || caller.location !== null;
  return {
    category: category?.name ?? form.category.trim(),
    determinant: category?.code ?? null,
    priority,
    address: form.address.trim(),
    position: [form.place.position[0], form.place.position[1]],
    patientSummary: lineOf(form.patient),
    callId: form.callId,
    callReceivedAt: form.callId === null && now - form.openedAt < longestForm && form.openedAt <= now ? form.openedAt : null,
    caller: isKnown ? caller : null,
    note: lineOf(form.note),
  };
};

/** What a call adds to an incident that is open already, as one note; null when nothing was written. */
export const noteOfCall = (form: CallForm): string | null => {
  const said = [form.callerName, form.callerPhone, form.address, form.category, form.patient, form.note].map((text) =>
    text.trim(),
  );
  const text = said.filter((part) => part !== '').join(' · ');
  return text === '' ? null : text;
};

/** Ringing calls, the longest first. */
export const ringingCalls = (calls: Iterable<Call>): readonly Call[] =>
  [...calls].filter(({ status }) => status === 'ringing').sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1));

/** A location that came after the one the form has taken: it offers itself. */
export const laterLocation = (form: CallForm, call: Call | undefined): Call['location'] =>
  call?.location && call.locatedAt !== null && (form.locatedAt === null || call.locatedAt > form.locatedAt)
    ? call.location
    : null;
