import { useLayoutEffect, useRef } from "react";

const looks =
  "max-w-none wrap-anywhere leading-relaxed [&>*+*]:mt-2 [&_a]:text-accent [&_a]:underline [&_blockquote]:border-l-2 [&_blockquote]:border-line [&_blockquote]:pl-3 " +
  "[&_code]:rounded-sm [&_code]:bg-paper [&_code]:px-1 [&_code]:text-sm [&_h1]:text-lg [&_h1]:font-semibold [&_h2]:font-semibold [&_h3]:font-semibold [&_hr]:border-line [&_ol]:list-decimal [&_ol]:pl-5 " +
  "[&_pre]:overflow-x-auto [&_pre]:rounded-md [&_pre]:bg-paper [&_pre]:p-2 [&_table]:block [&_table]:overflow-x-auto [&_td]:border [&_td]:border-line [&_td]:px-2 [&_th]:border [&_th]:border-line [&_th]:px-2 [&_ul]:list-disc [&_ul]:pl-5";

/** Markdown as the server made it: safe to show. Until it is made, the text as it was typed. */
export function Markdown({ html, text }: { html: string | undefined; text: string }) {
  const shown = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (shown.current !== null) fitIn(shown.current);
  }, [html]);
  if (html === undefined || (html === "" && text !== "")) return <p className="wrap-anywhere whitespace-pre-wrap">{text}</p>;
  return <div ref={shown} className={looks} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** A level of the page's own: its headings stand below the section's. */
const BELOW = 3;

/** Headings of a text are not the page's headings, and its boxes are called what stands beside them. */
function fitIn(shown: HTMLElement) {
  for (const heading of shown.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    heading.ariaLevel = String(Number(heading.tagName.slice(1)) + BELOW);
  }
  for (const box of shown.querySelectorAll("input")) box.ariaLabel = box.closest("li")?.textContent.trim() ?? "";
}
