/** Records as a file, in either format, by who looks at a list of them. */
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useSay } from '../ui/messages';
import { sentenceOf } from '../ui/states';
import { download } from './download';
import type { Format } from './export';

interface Made {
  text: string;
  /** How many records are in it. */
  count: number;
}

export function ExportButtons({ kind, make }: { kind: string; make: (format: Format) => Promise<Made> }) {
  const say = useSay();
  const run = useMutation({
    mutationFn: make,
    onSuccess: ({ text, count }, format) => {
      download(`${kind}.${format}`, text);
      say(`${kind}.${format} is made. Records in it: ${count}.`);
    },
    onError: (error) => say(`There is no file: ${sentenceOf(error)}`),
  });
  return (['csv', 'json'] as const).map((format) => (
    <Button
      key={format}
      variant="default"
      disabled={run.isPending}
      loading={run.isPending && run.variables === format}
      onClick={() => run.mutate(format)}
    >
      {`Export ${format.toUpperCase()}`}
    </Button>
  ));
}
