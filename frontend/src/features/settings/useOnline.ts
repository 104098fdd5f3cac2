/** Settings are changed at the server, or not at all. */
export { useOnline } from "../../ui/useOnline";
