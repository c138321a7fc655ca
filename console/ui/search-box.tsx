/** What to look for; asked for when nobody has typed for a moment. */
import { TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useState } from 'react';

const pauseMs = 250;

interface Props extends Pick<TextInputProps, 'label' | 'placeholder' | 'maxLength' | 'className'> {
  value: string;
  search: (words: string) => void;
}

export function SearchBox({ value, search, ...field }: Props) {
  const [typed, setTyped] = useState(value);
  // A space that has just been typed stays: the next word is on its way.
  useEffect(() => setTyped((now) => (now.trim() === value ? now : value)), [value]);
  useEffect(() => {
    if (typed.trim() === value) return undefined;
    const timer = setTimeout(() => search(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  });
  return (
    <TextInput type="search" {...field} value={typed} onChange={({ currentTarget }) => setTyped(currentTarget.value)} />
  );
}
