import { createHash } from 'node:crypto';

/** A Lua script that Redis runs as one step. */
export interface Script {
  readonly text: string;
  /** What Redis knows it by once it has run. */
  readonly sha: string;
}

/** The error of a script that changes a scope which is not listed yet. */
export const NEW_SCOPE = 'NEWSCOPE';

/**
 * Stands before each script that may be the first to write to a scope. Its first key is the scope's
 * `meta`; its first argument is not empty once the scope is listed.
 */
const LISTED = `
if redis.call('EXISTS', KEYS[1]) == 0 then
  if ARGV[1] == '' then return redis.error_reply('${NEW_SCOPE} the scope is not listed') end
  redis.call('HSET', KEYS[1], 'version', 0)
end
`;

/** JSON of an item is never decoded here: Lua would lose the order of members, and digits. */
const PARTS = `
local function parts(text) return string.match(text or '', '^{"v":(%d+),"o":(%d+),') end
local function join(version, order, rest) return '{"v":' .. version .. ',"o":' .. order .. ',' .. rest end
local function decimal(number) return string.format('%.0f', number) end
`;

/** Keys: meta, collections, items. Arguments: listed, path, key, rest. */
export const INSERT: Script = script(`${LISTED}${PARTS}
if redis.call('HEXISTS', KEYS[3], ARGV[3]) == 1 then return false end
local version = redis.call('HINCRBY', KEYS[1], 'version', 1)
local number = decimal(version)
redis.call('HSET', KEYS[3], ARGV[3], join(number, number, ARGV[4]))
redis.call('ZADD', KEYS[2], 0, ARGV[2])
return version
`);

/** Keys: meta, items. Arguments: key, version, rest. Gives version and order. */
export const REPLACE: Script = script(`${PARTS}
local version, order = parts(redis.call('HGET', KEYS[2], ARGV[1]))
if version ~= ARGV[2] then return false end
local number = decimal(redis.call('HINCRBY', KEYS[1], 'version', 1))
redis.call('HSET', KEYS[2], ARGV[1], join(number, order, ARGV[3]))
return {number, order}
`);

/**
 * Keys: collections, items. Arguments: key, version, path, prefix of items, and the first path below
 * the item and the first one behind those; both empty when there can be none.
 */
export const REMOVE: Script = script(`${PARTS}
if parts(redis.call('HGET', KEYS[2], ARGV[1])) ~= ARGV[2] then return 0 end
redis.call('HDEL', KEYS[2], ARGV[1])
if redis.call('EXISTS', KEYS[2]) == 0 then redis.call('ZREM', KEYS[1], ARGV[3]) end
if ARGV[5] == '' then return 1 end
for _, path in ipairs(redis.call('ZRANGEBYLEX', KEYS[1], '[' .. ARGV[5], '(' .. ARGV[6])) do
  redis.call('UNLINK', ARGV[4] .. path)
  redis.call('ZREM', KEYS[1], path)
end
return 1
`);

/** Keys: meta, counters. Arguments: listed, counter. */
export const COUNT: Script = script(`${LISTED}
return redis.call('HINCRBY', KEYS[2], ARGV[2], 1)
`);

/** Keys: meta, windows. Arguments: listed, name, limit, length, now. Gives a number as text. */
export const TAKE_TURN: Script = script(`${LISTED}
local start, taken = string.match(redis.call('HGET', KEYS[2], ARGV[2]) or '', '^(%S+) (%d+)$')
local limit, length, now = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
if not start or now >= tonumber(start) + length or now < tonumber(start) then
  start, taken = ARGV[5], 0
end
taken = tonumber(taken)
local wait = 0
if taken >= limit then wait = tonumber(start) + length - now else taken = taken + 1 end
redis.call('HSET', KEYS[2], ARGV[2], start .. ' ' .. string.format('%.0f', taken))
return string.format('%.17g', wait)
`);

/** Keys: meta, notes. Arguments: listed, name, note. */
export const WRITE_NOTE: Script = script(`${LISTED}
return redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
`);

/** Keys: meta, journal. Arguments: listed, line, limit of at least 1. */
export const RECORD: Script = script(`${LISTED}
redis.call('RPUSH', KEYS[2], ARGV[2])
return redis.call('LTRIM', KEYS[2], '-' .. ARGV[3], -1)
`);

/** Arguments from the fourth on: for each collection its path, how many items, and key and rest of each. */
const FILL = `${PARTS}
for _, path in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  redis.call('UNLINK', ARGV[2] .. path)
end
redis.call('DEL', KEYS[2])
local version = tonumber(redis.call('HGET', KEYS[1], 'version'))
local at = 3
while ARGV[at] do
  local path, items = ARGV[at], tonumber(ARGV[at + 1])
  at = at + 2
  if items > 0 then redis.call('ZADD', KEYS[2], 0, path) end
  for _ = 1, items do
    version = version + 1
    local number = decimal(version)
    redis.call('HSET', ARGV[2] .. path, ARGV[at], join(number, number, ARGV[at + 1]))
    at = at + 2
  end
end
redis.call('HSET', KEYS[1], 'version', decimal(version), 'prepared', 1)
return 1
`;

/** Keys: meta, collections. Arguments: listed, prefix of items, those of the filling. */
export const LOAD: Script = script(`${LISTED}${FILL}`);

/**
 * As {@link LOAD}, for the first caller only. What somebody has written meanwhile, as into a Redis that
 * came back empty, is not replaced: it was acknowledged.
 */
export const PREPARE: Script = script(`${LISTED}
if redis.call('HEXISTS', KEYS[1], 'prepared') == 1 then return 0 end
if redis.call('EXISTS', KEYS[2]) == 1 then
  redis.call('HSET', KEYS[1], 'prepared', 1)
  return 0
end
${FILL}`);

/** Keys: collections. Arguments: prefix of items. Gives by turns a path and its keys and texts. */
export const DUMP: Script = script(
  `
local dump = {}
for _, path in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  dump[#dump + 1] = path
  dump[#dump + 1] = redis.call('HGETALL', ARGV[1] .. path)
end
return dump
`,
);

/** Keys: collections. Arguments: prefix of items. Gives the number of items in all collections. */
export const SIZE: Script = script(`
local size = 0
for _, path in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  size = size + redis.call('HLEN', ARGV[1] .. path)
end
return size
`);

/** Keys: collections, and all others of the scope but items. Arguments: prefix of items. */
export const FORGET: Script = script(`
for _, path in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  redis.call('UNLINK', ARGV[1] .. path)
end
for _, key in ipairs(KEYS) do redis.call('UNLINK', key) end
return 1
`);

function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}
