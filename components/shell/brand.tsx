/** The logo: a run in progress. */
export function Brand({ hasName = true }: { hasName?: boolean }) {
  return (
    <span className="flex items-center gap-2 font-semibold tracking-tight">
      <svg aria-hidden viewBox="0 0 20 20" className="size-5 shrink-0">
        <rect width="20" height="20" rx="5" fill="var(--accent-solid)" />
        <path
          d="M5 13.5h3.2c3.6 0 2-7 5.6-7H15"
          fill="none"
          stroke="#fff"
          strokeWidth="2"
          strokeLinecap="round"
        />
        <circle cx="15" cy="13.5" r="1.4" fill="#fff" />
      </svg>
      {hasName && <span>Runflow</span>}
    </span>
  );
}
