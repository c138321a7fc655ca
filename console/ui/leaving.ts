/** Asks before somebody leaves a form that they have changed, whether by a link of the page or by closing it. */
import { useEffect } from 'react';
import { useBrowserLocation } from 'wouter/use-browser-location';
import type { BaseLocationHook } from 'wouter';

let unsaved = 0;

const mayLeave = () => unsaved === 0 || window.confirm('Leave without saving your changes?');

export function useUnsaved(changed: boolean): void {
  useEffect(() => {
    if (!changed) return undefined;
    unsaved += 1;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => {
      unsaved -= 1;
      window.removeEventListener('beforeunload', ask);
    };
  }, [changed]);
}

/** The address bar, for the router. */
export const useGuardedLocation: BaseLocationHook = () => {
  const [location, navigate] = useBrowserLocation();
  return [location, (to: string, options?: { replace?: boolean }) => mayLeave() && navigate(to, options)];
};
