/** The marks of rows and of the frame. Each is one bare element: there are hundreds of them on the page, and it begins with them. */

const paths = {
  activity: "M3 12h4l3 8 4-16 3 8h4",
  bell: "M6 9a6 6 0 0 1 12 0c0 6 2.5 7 2.5 7h-17S6 15 6 9m4 11h4",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v4m8-4v4",
  chevron: "m9 6 6 6-6 6",
  days: "M4 6h16v14H4zM4 10h16M8 3v4m8-4v4M8 14h.01M12 14h.01M16 14h.01M8 17h.01M12 17h.01",
  done: "m3 12 5 5 8-10m-5 8 2 2 8-10",
  dots: "M5 12h.01M12 12h.01M19 12h.01",
  flag: "M5 21V4h12l-2.5 4L17 12H5",
  grip: "M9 6h.01M9 12h.01M9 18h.01M15 6h.01M15 12h.01M15 18h.01",
  inbox: "M4 13h4l1.5 3h5L16 13h4M4 13l3-8h10l3 8v6H4z",
  list: "M4 7h16M4 12h16M4 17h10",
  menu: "M4 7h16M4 12h16M4 17h16",
  note: "M6 4h12v16H6zM9 9h6m-6 4h6",
  parts: "M6 4v12a2 2 0 0 0 2 2h10M6 9h12",
  pencil: "m4 20 1-4L16 5l3 3L8 19z",
  plus: "M12 5v14M5 12h14",
  repeat: "M4 11V9a3 3 0 0 1 3-3h12l-3-3m4 10v2a3 3 0 0 1-3 3H5l3 3",
  search: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14m5 12 4.5 4.5",
  settings: "M4 7h9m4 0h3M4 17h3m4 0h9M15 5v4M9 15v4",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8M12 3v1m0 16v1M3 12h1m16 0h1M5.6 5.6l.7.7m11.4 11.4.7.7M18.4 5.6l-.7.7M6.3 17.7l-.7.7",
  tag: "M4 4h8l8 8-8 8-8-8zM8.5 8.5h.01",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, className = "size-4" }: { name: IconName; className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth={name === "dots" || name === "grip" ? 2.5 : 1.75} strokeLinecap="round" strokeLinejoin="round" className={`flex-none ${className}`}>
      <path d={paths[name]} />
    </svg>
  );
}
