import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { Id } from '#domain/model/values.ts';
import { useWindow } from '../state/hooks.ts';
import { useKeys } from './keys.tsx';
import { t } from './translate.ts';

export type ToastMessage = {
  readonly text: string;
  /** Takes the gesture back; offered for 10 s by touch and by Z. */
  readonly undo?: () => void;
  /** `refused`: it was not done, and the text says why. */
  readonly tone?: 'done' | 'refused';
  /** The command it tells of: when that turns out to be impossible, the toast goes and the inbox says why. */
  readonly commandId?: Id;
};
type Shown = ToastMessage & { readonly id: number; readonly until: number };

const shownForMs = 10_000;
const ToastContext = createContext<{ readonly show: (message: ToastMessage) => void } | null>(null);

/** `show({ text, undo? })`: says what was done and offers to take it back for 10 s. */
export const useToast = (): { readonly show: (message: ToastMessage) => void } => {
  const toasts = useContext(ToastContext);
  if (!toasts) throw new Error('Toasts are shown inside a ToastProvider.');
  return toasts;
};

/** Owns the toasts of a window and the undo key. The newest three stand; Z takes back the newest that can be. */
export const ToastProvider = ({ children }: { readonly children: ReactNode }) => {
  const [toasts, setToasts] = useState<readonly Shown[]>([]);
  const [now, setNow] = useState(0);
  const nextId = useRef(0);
  const show = useCallback((message: ToastMessage) => {
    const at = performance.now();
    nextId.current += 1;
    setNow(at);
    setToasts((shown) => [...shown.slice(-2), { ...message, id: nextId.current, until: at + shownForMs }]);
  }, []);
  const drop = (id: number): void => setToasts((shown) => shown.filter((toast) => toast.id !== id));

  const any = toasts.length > 0;
  useEffect(() => {
    if (!any) return;
    const timer = setInterval(() => {
      const at = performance.now();
      setNow(at);
      setToasts((shown) => shown.filter((toast) => toast.until > at));
    }, 500);
    return () => clearInterval(timer);
  }, [any]);

  const conflicts = useWindow((state) => state.conflicts);
  const standing = toasts.filter(({ commandId }) => !conflicts.some((conflict) => conflict.commandId === commandId));
  const undoable = standing.findLast((toast) => toast.undo !== undefined);
  const takeBack = (toast: Shown): void => {
    drop(toast.id);
    toast.undo?.();
  };
  useKeys([
    {
      key: 'z',
      label: t('keys.undo'),
      when: undoable !== undefined,
      run: () => undoable && takeBack(undoable),
      overDialogs: true,
    },
  ]);

  const value = useMemo(() => ({ show }), [show]);
  return (
    <ToastContext value={value}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {standing.map((toast) => (
          <div key={toast.id} className={toast.tone === 'refused' ? 'toast toast--refused' : 'toast'}>
            <span>{toast.text}</span>
            <span className="meta">{t('seconds', { count: Math.max(0, Math.ceil((toast.until - now) / 1000)) })}</span>
            {toast.undo === undefined ? null : (
              <button type="button" onClick={() => takeBack(toast)}>
                {t('keys.undo')}
                {toast === undoable ? <kbd>Z</kbd> : null}
              </button>
            )}
          </div>
        ))}
      </div>
    </ToastContext>
  );
};
