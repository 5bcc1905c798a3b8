/** The page. */
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import "./design/index.css";
import { start } from "./state/store.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
start();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
