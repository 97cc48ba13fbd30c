-- KEYS: progress. ARGV: logs. Returns those that were not begun on this incarnation.
local forgotten = {}
for _, log in ipairs(ARGV) do
  if not is_begun(KEYS[1], log) then forgotten[#forgotten + 1] = log end
end
return forgotten
