import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import "./styles.css";

const place = document.getElementById("page");
if (place === null) throw new Error("index.html has no #page");
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
