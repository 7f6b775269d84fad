import type { ReactNode } from 'react';

/** Every symbol, drawn on a 16-unit square. Shape carries the meaning; colour is the text's. */
const drawings = {
  high: <path d="M8 .8 15.8 15H.2z" />,
  highHollow: <path d="M8 .8 15.8 15H.2zM8 5 3.5 13h9z" fillRule="evenodd" />,
  medium: <path d="M8 0l8 8-8 8-8-8z" />,
  mediumHollow: <path d="M8 0l8 8-8 8-8-8zm0 3L3 8l5 5 5-5z" fillRule="evenodd" />,
  low: <circle cx="8" cy="8" r="7" />,
  lowHollow: <path d="M8 1a7 7 0 100 14A7 7 0 008 1zm0 2.2a4.8 4.8 0 110 9.6 4.8 4.8 0 010-9.6z" fillRule="evenodd" />,
  latched: <path d="M8 1l6 10H2zm0 3L5.4 9h5.2zM1 13h14v2H1z" fillRule="evenodd" />,
  shelved: <path d="M1 12h14v2H1zM7 1h2v5h3l-4 5-4-5h3z" />,
  lost: <path d="M2 2l12 12-1.3 1.3L.7 3.3zM8 1l7 13h-2.3L8 5.2 6.8 7.4 5.6 6.2zM1 14l3-5.5 1.3 1.3L4 12h3.5l2 2z" />,
  up: <path d="M8 2l6 7h-4v5H6V9H2z" />,
  down: <path d="M8 14l6-7h-4V2H6v5H2z" />,
  steady: <path d="M14 8L9 13V9.5H2v-3h7V3z" />,
  pending: (
    <>
      <path d="M8 4l4 4H9.2v4H6.8V8H4z" />
      <circle cx="8" cy="8" r="7" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="3 2.5" />
    </>
  ),
  conflict: <path d="M0 5l5-4v3h6v2H5v3zM16 11l-5 4v-3H5v-2h6V7z" />,
  stale: (
    <>
      <circle cx="8" cy="8" r="6.8" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="4 2.5" />
      <path d="M7.2 4h1.6v3.7l2.7 1.6-.8 1.3-3.5-2.1z" />
    </>
  ),
  check: <path d="M6.2 13.5L1 8.3l1.9-1.9 3.3 3.3L13.1 2.8 15 4.7z" />,
  live: <circle cx="8" cy="8" r="5" />,
  cut: <path d="M1 6.5h4v3H1zM11 6.5h4v3h-4zM6.3 11.5L8 2l1.7.3L8 14z" />,
  warning: <path d="M1 1h14v14H1zm6 2.5v6h2v-6zm0 7.5v2h2v-2z" fillRule="evenodd" />,
  information: <path d="M1 1h14v14H1zm6 2v2h2V3zm0 3.5V13h2V6.5z" fillRule="evenodd" />,
  available: <path d="M8 1a7 7 0 100 14A7 7 0 008 1zm0 2a5 5 0 110 10A5 5 0 018 3z" fillRule="evenodd" />,
  reserved: <path d="M3 1h10v14l-5-4-5 4z" />,
  contaminated: (
    <path
      d="M8 0c3 4 5 6.5 5 9.5a5 5 0 01-10 0C3 6.5 5 4 8 0zm0 13.2a3.4 3.4 0 003.3-3.7H9.7A1.8 1.8 0 018 11.5z"
      fillRule="evenodd"
    />
  ),
  cleaning: <path d="M7 0h2v6h4v3H3V6h4zM3 10h2v6H3zM6 10h1.5v6H6zM8.5 10H10v6H8.5zM11 10h2v6h-2z" />,
  blocked: (
    <path
      d="M8 0a8 8 0 110 16A8 8 0 018 0zm0 2.2a5.8 5.8 0 00-4.6 9.3l8.1-8.1A5.7 5.7 0 008 2.2zm4.6 2.3l-8.1 8.1a5.8 5.8 0 008.1-8.1z"
      fillRule="evenodd"
    />
  ),
  closed: <path d="M1 2h14v3H1zM1 6.5h14v3H1zM1 11h14v3H1z" />,
  patient: <path d="M8 1a3 3 0 110 6 3 3 0 010-6zM2 15c0-4 2.5-6.5 6-6.5s6 2.5 6 6.5z" />,
  ambulance: (
    <path d="M1 3h9v2h3l2 3v4h-1.5a2 2 0 01-4 0h-3a2 2 0 01-4 0H1zm4 2v1.5H3.5V8H5v1.5h1.5V8H8V6.5H6.5V5z" fillRule="evenodd" />
  ),
  bloods: <path d="M5 0h6v2h-1v11a2 2 0 01-4 0V2H5zm2.5 2v4h1V2z" fillRule="evenodd" />,
  imaging: (
    <path d="M1 1h14v14H1zm2 2v10h10V3zm4 1h2v1.2h2.5v1.6H9v1h2v1.6H9V12H7V9.4H5V7.8h2v-1H4.5V5.2H7z" fillRule="evenodd" />
  ),
  specialty: (
    <path d="M3 0h2v1.6h-.6V5a2 2 0 004 0V1.6H7.8V0h2v5a3.6 3.6 0 01-2.6 3.4V11a2.4 2.4 0 004.8 0V9.7a2 2 0 111.6 0V11a4 4 0 01-8 0V8.4A3.6 3.6 0 013 5z" />
  ),
  medication: (
    <path
      d="M9.2 1.2a3.9 3.9 0 015.6 5.6l-8 8a3.9 3.9 0 01-5.6-5.6zm1.2 1.2L6.9 5.9l3.2 3.2 3.5-3.5a2.2 2.2 0 00-3.2-3.2z"
      fillRule="evenodd"
    />
  ),
  bed: <path d="M1 3h2v5h4V5h5a3 3 0 013 3v5h-2v-2H3v2H1z" />,
  transport: <path d="M5 0h2v3h3v2H7v2h4l3 5-1.7 1L9.9 9H5zM4.5 8a4 4 0 104.6 4.6l1.6.3A5.6 5.6 0 114 6.4z" />,
  out: <path d="M1 1h8v2H3v10h6v2H1zm9 3l5 4-5 4V9H6V7h4z" />,
  observe: (
    <path
      d="M8 1a7 7 0 110 14A7 7 0 018 1zm0 1.8a5.2 5.2 0 100 10.4A5.2 5.2 0 008 2.8zM7.2 4h1.6v3.7l2.4 1.4-.8 1.4-3.2-1.9z"
      fillRule="evenodd"
    />
  ),
  chair: <path d="M3 0h2v7h8v9h-2v-4H5v4H3z" />,
  corridor: <path d="M1 0h2v16H1zM13 0h2v16h-2zM7 1h2v3H7zM7 6.5h2v3H7zM7 12h2v3H7z" />,
  capacity: <path d="M7 2h2v5h5v2H9v5H7V9H2V7h5z" />,
  single: <path d="M1 1h14v14H1zm2 2v10h5V5h3v8h2V3z" fillRule="evenodd" />,
  isolation: (
    <path
      d="M8 0l7 2.500V7c0 4.200-2.700 7.200-7 9-4.300-1.800-7-4.800-7-9V2.500zM7 4v3H4v2h3v3h2V9h3V7H9V4z"
      fillRule="evenodd"
    />
  ),
  minutes: (
    <path d="M2 0h12v2h-1.500c0 3-1.500 4.600-3 6 1.500 1.400 3 3 3 6H14v2H2v-2h1.500c0-3 1.500-4.600 3-6-1.500-1.400-3-3-3-6H2z" />
  ),
  falls: (
    <path d="M3.600.6a2.100 2.100 0 110 4.200 2.100 2.100 0 010-4.200zM5.200 4.600L9.400 7l3.800-2 .9 1.700L9.800 9l-1 1.600 4.600.5 1.400 2.500-1.600.9-1-1.700-5.900-.5zM0 14h10v2H0z" />
  ),
  watched: (
    <path
      d="M8 2.500c3.600 0 6.400 2 8 5.500-1.600 3.500-4.400 5.500-8 5.500S1.600 11.500 0 8c1.600-3.500 4.400-5.500 8-5.500zM8 5a3 3 0 100 6 3 3 0 000-6z"
      fillRule="evenodd"
    />
  ),
  similar: (
    <path d="M1 6c2.500-3.500 5-3 7-1.600s4 1 5.400-1L15 4.700c-2.500 3.500-5 3-7 1.600s-4-1-5.400 1zM1 11.500c2.500-3.500 5-3 7-1.600s4 1 5.400-1L15 10.200c-2.500 3.500-5 3-7 1.600s-4-1-5.400 1z" />
  ),
  search: (
    <path
      d="M6.5 1a5.5 5.5 0 014.4 8.8l4.4 4.3-1.2 1.3-4.4-4.4A5.5 5.5 0 116.5 1zm0 1.8a3.7 3.7 0 100 7.4 3.7 3.7 0 000-7.4z"
      fillRule="evenodd"
    />
  ),
  message: <path d="M1 3h14v10H1zm2 2v.6l5 3.4 5-3.4V5zm0 2.9V11h10V7.9l-5 3.4z" fillRule="evenodd" />,
  theme: <path d="M8 1a7 7 0 100 14A7 7 0 008 1zm0 2v10A5 5 0 018 3z" fillRule="evenodd" />,
  replay: <path d="M8 2.2a6 6 0 11-5.7 7.9l2-.6A4 4 0 108 4.2v2.4L3.2 3.3 8 0zM7.2 6h1.6v2.2l1.9 1.1-.8 1.4-2.7-1.6z" />,
  play: <path d="M3 1l11 7-11 7z" />,
  pause: <path d="M3 1h4v14H3zM9 1h4v14H9z" />,
  close: <path d="M3.4 2L8 6.6 12.6 2 14 3.4 9.4 8l4.6 4.6-1.4 1.4L8 9.4 3.4 14 2 12.6 6.6 8 2 3.4z" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawings;

/** One symbol. `label` speaks it; without one it is decoration beside a word. `size` in CSS pixels. */
export const Icon = ({
  name,
  size = 16,
  label,
}: {
  readonly name: IconName;
  readonly size?: 12 | 14 | 16 | 20 | 24 | 32;
  readonly label?: string;
}) => (
  // biome-ignore lint/a11y/noSvgWithoutTitle: the label names it, or it is hidden
  <svg
    className={size === 16 ? 'ic' : `ic ic--${size}`}
    viewBox="0 0 16 16"
    {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
  >
    {drawings[name]}
  </svg>
);
