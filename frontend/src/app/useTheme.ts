import { useLayoutEffect } from "react";
import type { User } from "../api/types";

/** The theme of the person's profile, on the whole document; theme.js finds it there at the next visit. */
export function useTheme(theme: User["theme"]): void {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === "system") {
      delete dataset.theme;
      localStorage.removeItem("theme");
    } else {
      dataset.theme = theme;
      localStorage.setItem("theme", theme);
    }
  }, [theme]);
}
