-- Opens a file, notes what is found, applies what is safe, and notes what is left.
local function note(text)
  local file = io.open(vim.env.NOTES, "a")
  file:write(text .. "\n")
  file:close()
end

local function found()
  return vim.diagnostic.get(0)
end

vim.cmd("edit " .. vim.env.FILE)
local command = { vim.env.STABAUDIT, "server" }
local client = vim.lsp.start_client({ name = "stabaudit", cmd = command, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(0, client)
vim.wait(60000, function() return #found() > 0 end, 50)
for _, one in ipairs(found()) do
  note(one.lnum .. ":" .. one.col .. " " .. one.source .. " " .. one.severity)
end
local first = found()[1]
local place = { line = first.lnum, character = first.col }
local params = vim.lsp.util.make_range_params()
params.range = { start = place, ["end"] = place }
params.context = { diagnostics = {}, only = { "source.fixAll" } }
for _, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 60000)) do
  for _, action in ipairs(answer.result) do
    note(action.title)
    if action.edit == nil then
      for _, one in pairs(vim.lsp.buf_request_sync(0, "codeAction/resolve", action, 60000)) do
        action = one.result
      end
    end
    vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
  end
end
vim.wait(60000, function() return #found() == 0 end, 50)
note("left: " .. #found())
vim.cmd("silent write")
vim.cmd("qa!")
