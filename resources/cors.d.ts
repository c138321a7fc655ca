/** For the local gateway, which answers web pages as the deployed one does. */
interface CorsConfiguration {
  AllowOrigins: string[];
  AllowMethods: string[];
  AllowHeaders: string[];
  ExposeHeaders: string[];
  AllowCredentials: boolean;
  MaxAge: number;
}

export function readOrigins(text: string): string[];
export function corsConfiguration(origins: string[]): CorsConfiguration;
