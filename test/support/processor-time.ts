/** How long something takes of the processor, whatever else the machine does meanwhile. */

/** In milliseconds, of this process. */
export async function processorTime(act: () => unknown): Promise<number> {
  const started = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1_000;
}
