import type { StackInfo } from './stack';
export async function seed(info: StackInfo): Promise<string> {
  return info.apiUrl;
}
