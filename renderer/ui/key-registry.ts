/**
 * The one key registry: what a key does and what the key bar and the `?` dialog say are the same list. Components add
 * layers; the newest layer that binds a key wins, and an exclusive layer (a dialog) hides those under it.
 */
export type KeyBinding = {
  /**
   * `KeyboardEvent.key`, letters in lower case, `Ctrl+`, `Alt+`, `Shift+` before it if held: `a`, `Enter`, `ArrowUp`, `F2`, `Ctrl+k`,
   * `Shift+m`. Several keys share one entry.
   */
  readonly key: string | readonly string[];
  readonly label: string;
  readonly run: (pressed: string) => void;
  /** False hides and unbinds it. */
  readonly when?: boolean | undefined;
  /** True also works while a person types in a field. */
  readonly whileTyping?: boolean | undefined;
  /** True keeps it off the key bar; `?` lists it all the same. */
  readonly quiet?: boolean | undefined;
  /** True also works under a dialog, where the dialog itself does not bind the key. */
  readonly overDialogs?: boolean | undefined;
};
export type KeyLayer = { readonly bindings: () => readonly KeyBinding[]; readonly exclusive: boolean };

export type KeyPress = {
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly typing: boolean;
};

/** The keys of a binding, as a list. */
export const keysOf = (binding: KeyBinding): readonly string[] => (typeof binding.key === 'string' ? [binding.key] : binding.key);

/** How a press is named in a binding, Shift left out: it stands in the character itself (`?`). */
export const pressName = ({ key, ctrl, alt }: Pick<KeyPress, 'key' | 'ctrl' | 'alt'>): string => {
  const name = key.length === 1 ? key.toLowerCase() : key;
  return `${ctrl ? 'Ctrl+' : ''}${alt ? 'Alt+' : ''}${name}`;
};

/** With Shift a letter and a named key have a name of their own; where nothing is bound to it, they mean what they mean without. */
const pressNames = (press: KeyPress): readonly string[] => {
  const plain = pressName(press);
  const hasOwn = press.shift && (press.key.length > 1 || press.key.toLowerCase() !== press.key.toUpperCase());
  return hasOwn
    ? [pressName({ ...press, key: `Shift+${press.key.length === 1 ? press.key.toLowerCase() : press.key}` }), plain]
    : [plain];
};

const bound = (binding: KeyBinding): boolean => binding.when !== false;

/** Layers that count, newest first: down to and including the newest exclusive one, and of those under it what says so. */
const reachable = (layers: readonly KeyLayer[]): readonly Pick<KeyLayer, 'bindings'>[] => {
  const newestFirst = layers.toReversed();
  const wall = newestFirst.findIndex((layer) => layer.exclusive);
  if (wall === -1) return newestFirst;
  return newestFirst.map((layer, index) =>
    index <= wall ? layer : { bindings: () => layer.bindings().filter(({ overDialogs }) => overDialogs === true) },
  );
};

/** The binding a press means now, or undefined. While typing only function keys, Escape, Ctrl combinations and `whileTyping` bindings count. */
export const bindingFor = (layers: readonly KeyLayer[], press: KeyPress): KeyBinding | undefined => {
  const name = pressName(press);
  const free = !press.typing || press.ctrl || name === 'Escape' || /^F\d+$/.test(name);
  // A key with Shift that something names means that, whichever layer names the same key without Shift.
  for (const meant of pressNames(press)) {
    for (const layer of reachable(layers)) {
      const found = layer
        .bindings()
        .find((binding) => bound(binding) && keysOf(binding).includes(meant) && (free || binding.whileTyping === true));
      if (found) return found;
    }
  }
  return undefined;
};

/** Every binding in force, oldest layer first, each key once: the newest meaning stands. `also` adds those that do not apply now. */
export const bindingsInForce = (
  layers: readonly KeyLayer[],
  also: 'inForceOnly' | 'withIdle' = 'inForceOnly',
): readonly KeyBinding[] => {
  const taken = new Set<string>();
  const groups = reachable(layers).map((layer) =>
    layer.bindings().filter((binding) => {
      if (!bound(binding) && also === 'inForceOnly') return false;
      const keys = keysOf(binding);
      const fresh = keys.some((key) => !taken.has(key));
      for (const key of keys) taken.add(key);
      return fresh;
    }),
  );
  return groups.toReversed().flat();
};

const spoken: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  ' ': 'Space',
  Delete: 'Del',
};

/** What stands on the key cap of a binding's key. */
export const keyCap = (key: string): readonly string[] =>
  key.split(/\+(?=.)/).map((part) => spoken[part] ?? (part.length === 1 ? part.toUpperCase() : part));
