//! A service of the annexe in two parts: its name, and the details that follow it (parentheses, explanation).

export function splitLabel(label: string, explanation: string | null): { name: string; rest: string } {
  const opening = label.indexOf(" (");
  const closing = label.lastIndexOf(")");
  const inside = opening > 0 && closing === label.length - 1;
  const name = inside ? label.slice(0, opening) : label;
  const details = inside ? label.slice(opening + 2, closing).replaceAll(") (", ", ") : "";
  return { name, rest: [details, explanation].filter(Boolean).join(" — ") };
}
