/** Set-up of each test file in workerd: gives the Worker the variables of the lane that this file runs on. */
import { env } from 'cloudflare:workers';
import { laneBindings } from './lane-client.ts';

Object.assign(env, await laneBindings());
