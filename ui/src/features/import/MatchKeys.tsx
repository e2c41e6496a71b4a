//! What recognises a row, in order: one choice for each rank, the next one offered as long as a key is left.
import { FieldGrid } from "../../components/Field";
import { Select } from "../../components/Select";
import type { MatchKey, NamedValue } from "../../wire/types";
import { placeKey } from "./progress";

const NOTHING = "rien";

interface MatchKeysProps {
  all: readonly NamedValue[];
  keys: readonly MatchKey[];
  onChange: (keys: MatchKey[]) => void;
}

export function MatchKeys({ all, keys, onChange }: MatchKeysProps) {
  const named = all.map(({ value, label }) => ({ id: value as MatchKey, label }));
  const ranks = Math.min(keys.length + 1, all.length);
  return (
    <FieldGrid>
      {Array.from({ length: ranks }, (_, rank) => (
        <Select<MatchKey | typeof NOTHING>
          // biome-ignore lint/suspicious/noArrayIndexKey: a rank is its place.
          key={rank}
          label={rank === 0 ? "D’abord par" : rank === 1 ? "Sinon par" : "Sinon encore par"}
          options={rank === 0 && keys.length === 1 ? named : [...named, { id: NOTHING, label: "Rien" }]}
          value={keys[rank] ?? NOTHING}
          onChange={(key) => onChange(placeKey(keys, rank, key === NOTHING ? null : key))}
        />
      ))}
    </FieldGrid>
  );
}
