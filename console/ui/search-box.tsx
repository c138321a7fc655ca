/** Words to look for; asked for when nobody has typed for a moment. */
import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';

const pauseMs = 250;

export function SearchBox({ value, search }: { value: string; search: (words: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed.trim() === value) return undefined;
    const timer = setTimeout(() => search(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput
      type="search"
      label="Search"
      placeholder="Name, SKU, slug or category"
      maxLength={200}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
}
