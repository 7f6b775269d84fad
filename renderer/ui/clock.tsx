import { nearShare } from '#domain/rules/waiting.ts';
import { spanOf } from './time.ts';

/** A span, `18:24` or `3:40 h`, the unit small. Milliseconds; null is unknown and reads `–`. */
export const Duration = ({ milliseconds }: { readonly milliseconds: number | null }) => {
  if (milliseconds === null) return <>–</>;
  const { text, unit } = spanOf(milliseconds);
  return (
    <>
      {text}
      {unit === '' ? null : <span className="u">{unit}</span>}
    </>
  );
};

/**
 * A clock against a target: quiet, underlined once it is near (`nearShare`), and over it a block with `+` and the time over.
 * Spans in milliseconds; `target` null only counts up.
 */
export const Clock = ({ elapsed, target }: { readonly elapsed: number | null; readonly target: number | null }) => {
  if (elapsed === null) return <span className="clock">–</span>;
  if (target !== null && elapsed > target) {
    return (
      <span className="clock clock--over">
        +<Duration milliseconds={elapsed - target} />
      </span>
    );
  }
  return (
    <span className={target !== null && elapsed >= target * nearShare ? 'clock clock--near' : 'clock'}>
      <Duration milliseconds={elapsed} />
    </span>
  );
};

const percent = (part: number): string => `${Math.min(100, Math.max(0, part * 100)).toFixed(0)}%`;

/**
 * Elapsed against target as a bar; over it the bar is full and a notch marks where the target was. Milliseconds. Empty where no target
 * is known (null).
 */
export const StayBar = ({ elapsed, target }: { readonly elapsed: number; readonly target: number | null }) =>
  target === null ? (
    <div className="bar" />
  ) : elapsed > target ? (
    <div className="bar bar--over">
      <i style={{ width: '100%' }} />
      <s style={{ left: percent(target / elapsed) }} />
    </div>
  ) : (
    <div className="bar">
      <i style={{ width: percent(elapsed / target) }} />
    </div>
  );

/** Long work with its counts: `31 204 of 48 211`. Both in the same unit. */
export const Progress = ({ label, done, total }: { readonly label: string; readonly done: number; readonly total: number }) => (
  <div className="progress" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={total} aria-valuenow={done}>
    <span>{label}</span>
    <div className="bar">
      <i style={{ width: percent(total === 0 ? 0 : done / total) }} />
    </div>
  </div>
);
