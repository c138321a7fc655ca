/** What becomes of the files that somebody has chosen. */
import { Button, Text } from '@mantine/core';
import type { Upload } from './use-uploads';

interface Props {
  uploads: readonly Upload[];
  remove: (key: number) => void;
  tryAgain: (upload: Upload) => void;
}

export const UploadList = ({ uploads, ...actions }: Props) => (
  <ul className="uploads" aria-label="Files">
    {uploads.map((upload) => (
      <li key={upload.key}>
        <Text size="sm" className="file-name">
          <bdi>{upload.file.name}</bdi>
        </Text>
        <State of={upload} />
        <Actions upload={upload} {...actions} />
      </li>
    ))}
  </ul>
);

function State({ of: { file, state } }: { of: Upload }) {
  switch (state.step) {
    case 'waiting':
      return <Text size="sm">Waits for its turn</Text>;
    case 'sending':
      return <progress aria-label={`Sent of ${file.name}`} value={state.share} max={1} />;
    case 'sent':
      return <Text size="sm">Is being looked at…</Text>;
    case 'failed':
      return (
        <Text size="sm" role="alert" className="fault">
          {state.sentence}
        </Text>
      );
  }
}

function Actions({ upload, remove, tryAgain }: Omit<Props, 'uploads'> & { upload: Upload }) {
  const { key, file, state } = upload;
  // It cannot be called back any more.
  if (state.step === 'sent') return null;
  const name = state.step === 'failed' ? 'Close' : 'Cancel';
  return (
    <div className="actions">
      {state.step === 'failed' && state.again !== undefined && (
        <Button size="xs" variant="light" aria-label={`${state.again}: ${file.name}`} onClick={() => tryAgain(upload)}>
          {state.again}
        </Button>
      )}
      <Button size="xs" variant="default" aria-label={`${name} ${file.name}`} onClick={() => remove(key)}>
        {name}
      </Button>
    </div>
  );
}
