import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { keyCap } from './key-registry.ts';
import { useKeys } from './keys.tsx';
import { t } from './translate.ts';

/** A button with its key printed on it. One per panel is `main`. `touch` makes it 44 px tall. */
export const Button = ({
  children,
  onPress,
  main = false,
  touch = false,
  keyName,
  disabled = false,
  label,
}: {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly main?: boolean;
  readonly touch?: boolean;
  readonly keyName?: string;
  readonly disabled?: boolean;
  readonly label?: string;
}) => (
  <button
    type="button"
    className={`btn${main ? ' btn--main' : ''}${touch ? ' btn--touch' : ''}`}
    onClick={onPress}
    disabled={disabled}
    {...(label === undefined ? {} : { 'aria-label': label })}
  >
    {children}
    {keyName === undefined ? null : keyCap(keyName).map((cap) => <kbd key={cap}>{cap}</kbd>)}
  </button>
);

/** A part of a board with a heading and a body that scrolls by itself. */
export const Panel = ({
  title,
  meta,
  children,
  grow = true,
}: {
  readonly title: ReactNode;
  readonly meta?: ReactNode;
  readonly children: ReactNode;
  readonly grow?: boolean;
}) => (
  <section className={grow ? 'panel' : 'panel panel--fixed'}>
    <div className="panel__head">
      <h2>{title}</h2>
      {meta === undefined ? null : <span className="meta">{meta}</span>}
    </div>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable for the keys that scroll it */}
    <div className="panel__body" tabIndex={0}>
      {children}
    </div>
  </section>
);

/** Nothing to show, told apart: `none` is known to be empty, `unknown` is not known, `loading` is on its way. Never the same picture. */
export const Void = ({
  kind,
  title,
  children,
}: {
  readonly kind: 'none' | 'unknown' | 'loading';
  readonly title: string;
  readonly children?: ReactNode;
}) => (
  <div className={`void void--${kind}`} role="status">
    {kind === 'unknown' ? <Icon name="stale" size={20} /> : null}
    <b>{title}</b>
    {children === undefined ? null : <span>{children}</span>}
  </div>
);

/**
 * A panel over the board that must be answered or left by Esc. Keys under it are off while it is open; its own are bound by the
 * component that renders it, not by its children. `wide` is for lists with their details beside them.
 */
export const Dialog = ({
  title,
  onClose,
  wide = false,
  children,
}: {
  readonly title: string;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) => {
  const frame = useRef<HTMLDivElement>(null);
  // Taken before the first field inside takes the focus: where to return to.
  const [before] = useState(() => document.activeElement);
  const heading = useId();
  useKeys([{ key: 'Escape', label: t('keys.close'), run: onClose }], { exclusive: true });
  useEffect(() => {
    if (!frame.current?.contains(document.activeElement)) frame.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [before]);
  return (
    <div className="dialog-ground" onPointerDown={(event) => event.target === event.currentTarget && onClose()}>
      <div
        className={wide ? 'dialog dialog--wide' : 'dialog'}
        role="dialog"
        aria-modal="true"
        aria-labelledby={heading}
        tabIndex={-1}
        ref={frame}
      >
        <div className="panel__head">
          <h2 id={heading}>{title}</h2>
          <span className="grow" />
          <button type="button" className="btn btn--icon" onClick={onClose} aria-label={t('keys.close')}>
            <Icon name="close" size={12} />
          </button>
        </div>
        <div className="dialog__body">{children}</div>
      </div>
    </div>
  );
};

/** A line that interrupts without stopping anyone. `loud` only for what was not saved. */
export const Banner = ({
  tone,
  icon,
  title,
  children,
}: {
  readonly tone: 'notice' | 'info' | 'loud';
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
}) => (
  <div className={tone === 'notice' ? 'banner' : `banner banner--${tone}`} role={tone === 'loud' ? 'alert' : 'status'}>
    <Icon name={icon} size={20} />
    <b>{title}</b>
    {children}
  </div>
);
