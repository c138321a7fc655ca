/** Asks before somebody leaves a form that they have changed, by a link of the page, by going back, or by closing it. */
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
    // Back and forward, in browsers that let a page say no to them (the Navigation API).
    const stay = (event: NavigateEvent) => {
      const isWithin = event.navigationType === 'traverse' && event.destination.sameDocument;
      if (isWithin && event.cancelable && !mayLeave()) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    if ('navigation' in window) window.navigation.addEventListener('navigate', stay);
    return () => {
      unsaved -= 1;
      window.removeEventListener('beforeunload', ask);
      if ('navigation' in window) window.navigation.removeEventListener('navigate', stay);
    };
  }, [changed]);
}

/** The address bar, for the router. */
export const useGuardedLocation: BaseLocationHook = () => {
  const [location, navigate] = useBrowserLocation();
  return [location, (to: string, options?: { replace?: boolean }) => mayLeave() && navigate(to, options)];
};
