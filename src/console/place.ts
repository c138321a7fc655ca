/** Where in the console somebody goes on after the sign-in. */

/** Path and query below the console's address; its home where the text names a place elsewhere (an open redirect), or none. */
export function placeIn(url: string, text = ''): string {
  const home = new URL(url);
  const place = text.length <= 1000 && URL.canParse(text, url) ? new URL(text, url) : home;
  const isBelow = place.pathname === home.pathname || place.pathname.startsWith(`${home.pathname}/`);
  const isOurs = place.origin === home.origin && isBelow && !signInPaths.test(place.pathname);
  // A view has one address, without a slash at its end.
  return isOurs ? `${place.pathname.replace(/\/+$/, '')}${place.search}` : home.pathname;
}

/** Somebody who has signed in is not to do so again. */
const signInPaths = /\/(?:login|app|sign-in-failed)$/;
