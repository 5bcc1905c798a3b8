/** Light or dark: as the machine has it, until somebody says otherwise. */
import { useEffect, useState, type ReactNode } from "react";
import { Icon } from "./icon.tsx";

const key = "console.theme";
const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];

function stored(): Theme {
  const value = window.localStorage.getItem(key);
  return themes.find((theme) => theme === value) ?? "system";
}

export function ThemeButton(): ReactNode {
  const [theme, setTheme] = useState<Theme>(stored);
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
    window.localStorage.setItem(key, theme);
  }, [theme]);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={`Colours: ${theme}. Change to ${next}`}
      title={`Colours: ${theme}`}
      onClick={() => setTheme(next)}
    >
      <Icon name={theme === "system" ? "auto" : theme} />
    </button>
  );
}
