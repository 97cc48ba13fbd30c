-- Positions. Numbers come as text of equal width, so that comparing text compares numbers and no digit is lost.
local POSITION = {'version', 'fence', 'log', 'offset', 'timestamp', 'deleted'}

local function stored_position(manifest)
  local values = redis.call('HMGET', manifest, unpack(POSITION))
  if not values[3] then return nil end
  return {version = values[1], fence = values[2], log = values[3], offset = values[4], timestamp = values[5],
    deleted = values[6]}
end

-- ARGV[1..5]: version or '', log, offset, timestamp, 'delete' or 'put'.
local function record_position()
  return {version = ARGV[1], log = ARGV[2], offset = ARGV[3], timestamp = ARGV[4], is_delete = ARGV[5] == 'delete'}
end

local function is_earlier(one, other)
  if one.log == other.log then return one.offset < other.offset end
  if one.timestamp ~= other.timestamp then return one.timestamp < other.timestamp end
  return one.log < other.log
end

-- A place as one field, and back.
local function place(position)
  return position.timestamp .. ' ' .. position.offset .. ' ' .. position.log
end

local function placed(field)
  local timestamp, offset, log = string.match(field, '^(%d+) (%d+) (.*)$')
  return {version = '', timestamp = timestamp, offset = offset, log = log}
end

-- What a record is: 'latest'; 'superseded'; or 'deleted', where its version puts out the stored one, but a delete that
-- the stored one had overtaken stands later than the record, so that the delete is the latest.
local function judge(record, stored)
  if not stored then return 'latest' end
  if record.version ~= '' then
    if record.version < stored.fence then return 'superseded' end
    if stored.version ~= '' and record.version > stored.version then
      if stored.deleted and is_earlier(record, placed(stored.deleted)) then return 'deleted' end
      return 'latest'
    end
  end
  return is_earlier(record, stored) and 'superseded' or 'latest'
end

local function greater_fence(record, stored)
  if stored and stored.fence > record.version then return stored.fence end
  return record.version
end

local function store_position(manifest, record, stored)
  redis.call('HSET', manifest, 'version', record.version, 'fence', greater_fence(record, stored),
    'log', record.log, 'offset', record.offset, 'timestamp', record.timestamp)
  if record.is_delete then redis.call('HSET', manifest, 'deleted', place(record)) end
end

-- A later revision than any before. It is a time in microseconds, for a server that forgot its latest writes would
-- count to the same number twice.
local function raise_revision(manifest)
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  local last = tonumber(redis.call('HGET', manifest, 'revision') or 0)
  local revision = string.format('%.0f', math.max(now, last + 1))
  redis.call('HSET', manifest, 'revision', revision)
  return revision
end

-- Moves what is listed, but for what is wanted, to the garbage. Returns how many elements that were.
local function unlist_all_but(wanted, manifest)
  local removed = 0
  local fields = redis.call('HGETALL', manifest)
  for i = 1, #fields, 2 do
    local field = fields[i]
    if string.sub(field, 1, 2) == 'e:' and not wanted[field] then
      redis.call('HDEL', manifest, field)
      redis.call('HSET', manifest, 'g:' .. string.sub(field, 3), fields[i + 1])
      removed = removed + 1
    end
  end
  return removed
end

-- Keeps of a superseded record what later ones are compared with; lets an overtaken delete have its effect.
local function store_superseded(manifest, record, stored, judgement)
  if judgement == 'deleted' then
    unlist_all_but({}, manifest)
    local delete = placed(stored.deleted)
    delete.is_delete = true
    store_position(manifest, delete, {fence = greater_fence(record, stored)})
    redis.call('HSET', manifest, 'digest', '', 'document', '')
    raise_revision(manifest)
    return
  end
  redis.call('HSET', manifest, 'fence', greater_fence(record, stored))
  if record.is_delete and (not stored.deleted or is_earlier(placed(stored.deleted), record)) then
    redis.call('HSET', manifest, 'deleted', place(record))
  end
end

-- Elements are ARGV[first..], their payloads KEYS[2..]. Deletes the payloads of those that are not listed.
local function delete_unlisted(manifest, first)
  local gone = {}
  for i = 2, #KEYS do
    local element = ARGV[first + i - 2]
    if redis.call('HEXISTS', manifest, 'e:' .. element) == 0 then
      redis.call('DEL', KEYS[i])
      gone[#gone + 1] = element
    end
  end
  return gone
end

-- Elements with the given mark, each followed by its collection.
local function marked(manifest, mark)
  local found = {}
  local fields = redis.call('HGETALL', manifest)
  for i = 1, #fields, 2 do
    if string.sub(fields[i], 1, 2) == mark then
      found[#found + 1] = string.sub(fields[i], 3)
      found[#found + 1] = fields[i + 1]
    end
  end
  return found
end
