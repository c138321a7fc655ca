/** The sign-in page of the local hosted UI, without a script. */

const escape = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** `hidden` goes along with the form; a new password is asked of those who have signed in with a temporary one. */
export const signInPage = (hidden: URLSearchParams, message = '', asksForNewPassword = false) =>
  layout(`<h1>Sign in</h1>
<p role="alert">${escape(message)}</p>
<form method="POST" action="/login">
${[...hidden].map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`).join('\n')}
<p><label>E-mail <input name="username" type="email" autocomplete="username" required autofocus></label></p>
<p><label>Password <input name="password" type="password" autocomplete="current-password" required></label></p>
${asksForNewPassword ? newPassword : ''}
<button>Sign in</button>
</form>`);

const newPassword =
  '<p><label>New password <input name="new_password" type="password" autocomplete="new-password" required></label></p>';

export const faultPage = (message: string) => layout(`<h1>This does not work</h1><p>${escape(message)}</p>`);

const layout = (content: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Sign in</title>
<style>body { font-family: system-ui; max-width: 22rem; margin: 15vh auto } input { width: 100%; box-sizing: border-box }</style>
${content}
</html>`;
