/** The page's few signs, drawn with one stroke width; each stands beside words or has a label. */
import type { ReactNode } from 'react';

const SHAPES = {
  pause: <path d="M7 4.5v11M13 4.5v11" />,
  play: <path d="M6.5 4.2v11.6l9-5.8z" fill="currentColor" />,
  back: <path d="M12.5 4.5 7 10l5.5 5.5M4.5 5v10" />,
  forward: <path d="M7.5 4.5 13 10l-5.5 5.5M15.5 5v10" />,
  sun: (
    <>
      <circle cx="10" cy="10" r="3.2" />
      <path d="M10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M15.3 4.7l-1.4 1.4M6.1 13.9l-1.4 1.4" />
    </>
  ),
  moon: <path d="M16.5 11.8A6.8 6.8 0 0 1 8.2 3.5a6.8 6.8 0 1 0 8.3 8.3z" />,
  screen: <path d="M3 4.5h14v9H3zM7.5 16.5h5M10 13.5v3" />,
  keyboard: <path d="M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.5h7" />,
  check: <path d="m4.5 10.5 3.6 3.6 7.4-8" />,
  alert: <path d="M10 3 2.8 16h14.4zM10 8v3.6M10 13.8h.01" />,
  clock: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 6v4.2l2.8 1.8" />
    </>
  ),
  lock: <path d="M4.5 9h11v7.5h-11zM7 9V6.5a3 3 0 0 1 6 0V9" />,
  none: <path d="M4 10h12" />,
  question: <path d="M7.2 7.4a2.8 2.8 0 1 1 4 2.6c-.8.4-1.2 1-1.2 1.9v.3M10 15h.01" />,
  loop: <path d="M4 10a6 6 0 1 0 1.8-4.3M4 3.5v3.2h3.2" />,
  recording: (
    <>
      <circle cx="10" cy="10" r="7" />
      <circle cx="10" cy="10" r="2.6" fill="currentColor" />
    </>
  ),
  simulated: <path d="M10 2.8 16.5 6.4v7.2L10 17.2l-6.5-3.6V6.4zM3.5 6.4 10 10l6.5-3.6M10 10v7.2" />,
  right: <path d="m7.5 4.5 5.5 5.5-5.5 5.5" />,
  left: <path d="M12.5 4.5 7 10l5.5 5.5" />,
  down: <path d="M10 4v12M5 11l5 5 5-5" />,
  copy: <path d="M7 7V3.5h9.5V13H13M3.5 7H13v9.5H3.5z" />,
  yield: <path d="M3 4.5h14L10 16.8z" />,
  crosswalk: <path d="M3.5 5v10M7.8 5v10M12.2 5v10M16.5 5v10" />,
  overtake: <path d="M6 16.5V4M3.5 6.5 6 4l2.5 2.5M13.5 16.5v-3.2c0-2.6-3-2.4-3-5V6" />,
  light: (
    <>
      <path d="M6.5 2.5h7v15h-7z" />
      <circle cx="10" cy="6" r="1.6" fill="currentColor" />
      <path d="M10 10h.01M10 14h.01" />
    </>
  ),
  speed: <path d="M3.2 14.5a7.2 7.2 0 1 1 13.6 0M10 12.5l3.4-4.6" />,
  scales: <path d="M10 3v13.5M6.5 16.5h7M4 5.5h12M4 5.5 2 11h4zM16 5.5 14 11h4z" />,
  letter: <path d="M2.8 5h14.4v10H2.8zM2.8 5.5 10 11l7.2-5.5" />,
  speech: <path d="M3 4h14v9H9l-4 3.5V13H3z" />,
  clip: (
    <path d="m15 9-5.2 5.2a3 3 0 0 1-4.3-4.3L11.2 4a2 2 0 0 1 2.9 2.9l-5.6 5.5a1 1 0 0 1-1.4-1.4L12 6.2" />
  ),
  seat: <path d="M6 3.5v8h7.5v5M6 11.5v5M13.5 8v3.5" />,
} as const satisfies Readonly<Record<string, ReactNode>>;

export type IconName = keyof typeof SHAPES;

export function Icon({
  name,
  size = 16,
  className,
}: {
  readonly name: IconName;
  readonly size?: number;
  readonly className?: string | undefined;
}) {
  return (
    <svg
      viewBox="0 0 20 20"
      width={size}
      height={size}
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  );
}
