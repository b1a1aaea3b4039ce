-- wrk -s post.lua URL -- BODY_FILE KEY NUMBER: posts the file again and again; the last line of the output is JSON.
-- Where the file holds the placeholder, each request has a number of its own there, from NUMBER on.
local ffi = require("ffi")
local placeholder = "#000000000000"
local digits = #placeholder - 1

-- Counts in place, in the one string that wrk copies from: a new string for each request would cost the load's core
-- more than the request itself. Nothing looks this string up by its contents.
local function numbered(message, first)
  local at = message:find(placeholder, 1, true)
  if not at then return nil end
  local bytes = ffi.cast("uint8_t *", ffi.cast("const char *", message))
  local last = at + digits - 1
  ffi.copy(bytes + at, string.format("%0" .. digits .. ".0f", first), digits)
  return function()
    local i = last
    while bytes[i] == 57 do
      bytes[i] = 48
      i = i - 1
    end
    bytes[i] = bytes[i] + 1
    return message
  end
end

function init(args)
  local file = assert(io.open(args[1], "rb"))
  wrk.body = file:read("*a")
  file:close()
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Bearer " .. args[2]
  request = numbered(wrk.format(), tonumber(args[3]))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"microseconds":%d,"bytes":%d,"refused":%d,"broken":%d,"p50":%.1f,"p99":%.1f}\n',
    summary.requests, summary.duration, summary.bytes, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
