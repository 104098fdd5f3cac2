// Before anything is drawn: the theme that was chosen when this browser was last used. A page without it would flash.
const theme = localStorage.getItem("theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
