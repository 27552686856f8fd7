import document from '../../generated/admin.json' with { type: 'json' };
import type { Json } from '../../json.ts';

/** The OpenAPI document of the admin API; a module of its own, since few runs need it. */
export const adminDocument: Json = document;
