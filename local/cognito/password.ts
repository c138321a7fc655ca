/** Passwords of the local pool: which ones the policy takes, and what is kept of them. */
import { randomBytes, randomInt } from 'node:crypto';
import * as z from 'zod/mini';
import { verifierOf } from '../../deployment/srp';
import { ServiceError } from '../aws-json/service-error';
import { userPoolId, type PasswordPolicy } from './settings';
import type { User } from './store';

/** As Cognito's API has it. */
export const passwordText = z.string().check(z.maxLength(256), z.regex(/^\S(?:.*\S)?$/s));

const symbol = /[$^*.[\]{}()?"!@#%&/\\,><':;|_~`+= -]/;

/** Throws `ServiceError` with Cognito's words for what is missing. */
export function requireStrength(password: string, policy: PasswordPolicy): void {
  const rules: [asked: boolean, kept: boolean, fault: string][] = [
    [true, password.length >= policy.MinimumLength, 'Password not long enough'],
    [policy.RequireLowercase, /[a-z]/.test(password), 'Password must have lowercase characters'],
    [policy.RequireUppercase, /[A-Z]/.test(password), 'Password must have uppercase characters'],
    [policy.RequireNumbers, /\d/.test(password), 'Password must have numeric characters'],
    [policy.RequireSymbols, symbol.test(password), 'Password must have symbol characters'],
  ];
  const [broken] = rules.filter(([asked, kept]) => asked && !kept);
  if (broken) {
    throw new ServiceError('InvalidPasswordException', `Password did not conform with policy: ${broken[2]}`);
  }
}

export const poolName = userPoolId.split('_')[1] ?? '';

/** What is kept of a password. */
export function lock(userId: string, password: string): User['password'] {
  const salt = randomBytes(16).toString('hex');
  return { salt, verifier: verifierOf({ poolName, userId }, password, BigInt(`0x${salt}`)).toString(16) };
}

export const opens = ({ sub, password: { salt, verifier } }: User, password: string): boolean =>
  verifierOf({ poolName, userId: sub }, password, BigInt(`0x${salt}`)).toString(16) === verifier;

/** A password that every policy takes. */
export function newTemporaryPassword(): string {
  const letters = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const any = Array.from({ length: 16 }, () => letters[randomInt(letters.length)]).join('');
  return `${any}aZ7!`;
}
