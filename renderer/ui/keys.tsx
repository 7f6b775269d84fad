import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';
import { bindingFor, bindingsInForce, type KeyBinding, type KeyLayer, keyCap, keysOf } from './key-registry.ts';

export type { KeyBinding } from './key-registry.ts';

type KeyRegistry = {
  readonly add: (layer: KeyLayer) => () => void;
  readonly changed: () => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly inForce: () => readonly KeyBinding[];
  readonly layers: () => readonly KeyLayer[];
};

const createKeyRegistry = (): KeyRegistry => {
  let layers: readonly KeyLayer[] = [];
  let inForce: readonly KeyBinding[] = [];
  const listeners = new Set<() => void>();
  const changed = (): void => {
    inForce = bindingsInForce(layers);
    for (const listener of listeners) listener();
  };
  return {
    add: (layer) => {
      layers = [...layers, layer];
      changed();
      return () => {
        layers = layers.filter((other) => other !== layer);
        changed();
      };
    },
    changed,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    inForce: () => inForce,
    layers: () => layers,
  };
};

const KeyContext = createContext<KeyRegistry | null>(null);
const useRegistry = (): KeyRegistry => {
  const registry = useContext(KeyContext);
  if (!registry) throw new Error('Keys are bound inside a KeyProvider.');
  return registry;
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=button],[type=checkbox],[type=radio]), textarea, select'));

/** Owns the keyboard of a window: one listener, one list. */
export const KeyProvider = ({ children }: { readonly children: ReactNode }) => {
  const registry = useMemo(createKeyRegistry, []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      // A focused button keeps Enter and Space; what it does is said on it.
      if (
        (event.key === 'Enter' || event.key === ' ') &&
        event.target instanceof HTMLButtonElement &&
        !event.target.dataset['keyThrough']
      )
        return;
      const press = {
        key: event.key,
        ctrl: event.ctrlKey || event.metaKey,
        alt: event.altKey,
        shift: event.shiftKey,
        typing: isTyping(event.target),
      };
      const binding = bindingFor(registry.layers(), press);
      if (!binding || (event.repeat && !event.key.startsWith('Arrow'))) return;
      event.preventDefault();
      binding.run(event.key);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [registry]);
  return <KeyContext value={registry}>{children}</KeyContext>;
};

/**
 * Binds keys while the calling component is mounted. Newer components win over older ones; `exclusive` (dialogs) hides
 * everything under it. Letters are ignored while a person types, unless a binding says `whileTyping`.
 */
export const useKeys = (bindings: readonly KeyBinding[], { exclusive = false }: { readonly exclusive?: boolean } = {}): void => {
  const registry = useRegistry();
  const latest = useRef(bindings);
  useLayoutEffect(() => {
    latest.current = bindings;
  });
  useLayoutEffect(() => registry.add({ bindings: () => latest.current, exclusive }), [registry, exclusive]);
  const signature = bindings
    .map((binding) => `${keysOf(binding).join(' ')}=${binding.label}:${binding.when !== false}`)
    .join('|');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the bindings
  useLayoutEffect(() => registry.changed(), [registry, signature]);
};

/** Every binding in force now, for the key bar and the `?` dialog. */
export const useBindings = (): readonly KeyBinding[] => {
  const registry = useRegistry();
  return useSyncExternalStore(registry.subscribe, registry.inForce);
};

/** Asks for every binding there is here, those that do not apply now included: what `?` lists. */
export const useAllBindings = (): (() => readonly KeyBinding[]) => {
  const registry = useRegistry();
  return () => bindingsInForce(registry.layers(), 'withIdle');
};

/** The key caps of a binding. */
export const KeyCaps = ({ binding }: { readonly binding: KeyBinding }) => (
  <span className="kbds">
    {keysOf(binding).flatMap((key) => keyCap(key).map((cap) => <kbd key={`${key} ${cap}`}>{cap}</kbd>))}
  </span>
);
