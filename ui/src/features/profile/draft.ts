//! A profile while it is being written: what is not chosen yet is absent, and nothing is guessed.
//! Invariant: only empty answers are seen here; whether an answer is right is said by the application, field by field.
import { fr } from "../../text/fr";
import type { PlatformKind, Profile, Role } from "../../wire/types";

export type Draft = Omit<Profile, "role" | "platform"> & { role: Role | null; platform: PlatformKind | null };

/** What to write under a field, by its name in the profile. */
export type FieldErrors = Readonly<Record<string, string>>;

export interface DraftProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  errors: FieldErrors;
}

export const EMPTY: Draft = {
  college: "",
  commune: "",
  cite_scolaire: false,
  region_maintains: null,
  role: null,
  first_name: "",
  last_name: "",
  phone: "",
  email: "",
  platform: null,
  platform_url: "",
  platform_login: "",
  reference_field: "",
};

/** The fields of each step of the first start, in the order of the screen. */
export const STEP_FIELDS = [
  ["college", "commune", "cite_scolaire", "region_maintains"],
  ["role", "first_name", "last_name", "phone", "email"],
  ["platform", "platform_url", "platform_login", "reference_field"],
] as const satisfies readonly (readonly (keyof Draft)[])[];

/** Which step shows a field; the last one, where the passphrase is, for any other. */
export function stepOf(field: string): number {
  const step = STEP_FIELDS.findIndex((fields) => fields.some((each) => each === field));
  return step === -1 ? STEP_FIELDS.length : step;
}

const ASKED: Partial<Record<keyof Draft, string>> = {
  college: "Choisissez votre collège, ou écrivez son nom.",
  role: "Choisissez votre rôle.",
  first_name: fr`Écrivez votre prénom : la plateforme le demande.`,
  last_name: fr`Écrivez votre nom : la plateforme le demande.`,
  platform: "Choisissez comment vos demandes arrivent à la plateforme.",
  platform_url: "Écrivez l’adresse de la plateforme, ou choisissez de recopier à la main.",
};

/** What is still empty among these fields, with the words that ask for it. */
export function emptyFields(draft: Draft, fields: readonly (keyof Draft)[]): FieldErrors {
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const words = ASKED[field];
    if (!words || (field === "platform_url" && draft.platform !== "remedy")) continue;
    const value = draft[field];
    if (value === null || (typeof value === "string" && value.trim() === "")) errors[field] = words;
  }
  return errors;
}

/** The profile, once its two choices are made. */
export function finished(draft: Draft): Profile | null {
  const { role, platform } = draft;
  return role && platform ? { ...draft, role, platform } : null;
}
