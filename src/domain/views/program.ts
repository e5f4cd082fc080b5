/** Which user agents are programs, and which are people's browsers and apps. */
import { isbot } from 'isbot';

/** People whom isbot takes for programs: the client of the existing app on Android, and phones called «M BOT 551». */
const PEOPLE = /^okhttp\/[\d.]+$|\bM BOT \d/;

/** What tells them apart stands at the beginning; a longer text costs no more. */
const MAX_CHARACTERS = 512;

/** Whether a `User-Agent` is that of a crawler, a preview of a chat, a monitor or a command line. Takes about 20 µs. */
export function isProgram(userAgent: string): boolean {
  const start = userAgent.slice(0, MAX_CHARACTERS);
  return isbot(start) && !PEOPLE.test(start);
}
