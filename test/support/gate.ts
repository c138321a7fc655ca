/** What waits until a test says so. */

interface Gate {
  passed: Promise<void>;
  open: () => void;
}

export function newGate(): Gate {
  let open = () => {};
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}
