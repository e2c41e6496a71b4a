//! Joins the class names that are there. Class names of a CSS module may be undefined for the compiler.
export function cx(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
