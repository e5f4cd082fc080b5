/** The framework alone: one Hono route that answers a profile's JSON from a constant. */
import { Hono } from 'hono';
import profile from './profile.json';

export default new Hono().get('/api/public/:username', (c) => c.json(profile));
