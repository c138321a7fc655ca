/** The picture at an address, where there is one that can be loaded. */
import { useState } from 'react';

export function Picture({ url }: { url: string }) {
  const [failed, setFailed] = useState('');
  if (!/^https:\/\/./.test(url) || failed === url) return null;
  return (
    <img
      className="picture"
      src={url}
      alt=""
      loading="lazy"
      referrerPolicy="no-referrer"
      onError={() => setFailed(url)}
    />
  );
}
