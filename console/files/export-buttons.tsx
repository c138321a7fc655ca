/** Records as a file, in either format, by who looks at a list of them. */
import { useMutation } from '@tanstack/react-query';
import { countOf } from '../ui/counts';
import { useSay } from '../ui/messages';
import { sentenceOf } from '../ui/states';
import { SteadyButton } from '../ui/steady-button';
import { download } from './download';
import type { Format } from './export';

interface Made {
  text: string;
  /** How many records are in it. */
  count: number;
}

const one = { products: 'product', categories: 'category' } as const;

interface Props {
  kind: keyof typeof one;
  make: (format: Format) => Promise<Made>;
}

export function ExportButtons({ kind, make }: Props) {
  const say = useSay();
  const run = useMutation({
    mutationFn: make,
    onSuccess: ({ text, count }, format) => {
      download(`${kind}.${format}`, text);
      say(`${kind}.${format} is made, with ${countOf(count, one[kind])}.`);
    },
    onError: (error) => say(`There is no file: ${sentenceOf(error)}`),
  });
  return (['csv', 'json'] as const).map((format) => (
    <SteadyButton
      key={format}
      variant="default"
      isOff={run.isPending && run.variables !== format}
      isBusy={run.isPending && run.variables === format}
      onClick={() => run.mutate(format)}
    >
      {`Export ${format.toUpperCase()}`}
    </SteadyButton>
  ));
}
