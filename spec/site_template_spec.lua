local template = require "newsarchive.site.template"

local function render(source, data)
  return template.new(source, "page.etlua")(data)
end

-- What a template raises, when it is compiled or when it runs.
local function failure(source, data)
  local fine, message = pcall(render, source, data)
  assert.is_false(fine, "no error: " .. source)
  return message
end

describe("a template", function()
  it("runs code, prints values and keeps everything else as it is", function()
    assert.equal("<ul>\n<li>1: a</li>\n<li>2: b</li>\n</ul>\n", render([[
<ul>
<% for i, name in ipairs(names) do -%>
<li><%= i %>: <%= name %></li>
<% end -%>
</ul>
]], { names = { "a", "b" } }))
  end)

  it("takes any bytes as literal text", function()
    local bytes = {}
    for i = 0, 255 do bytes[#bytes + 1] = string.char(i) end
    local text = table.concat(bytes):gsub("<", "") .. "\\n \"x\" 1\0002 \r\n]]"
    assert.equal(text, render(text))
  end)

  it("is empty where its source is", function()
    assert.equal("", render(""))
    assert.equal("x", render("<% -%>\nx"))
  end)

  it("swallows a line end behind -%>, and that one only", function()
    assert.equal("a\nb", render("a<% -%>\n\nb"))
    assert.equal("1b", render("<%= 1 -%>\r\nb"))
  end)

  it("knows comments at the end of code", function()
    assert.equal("xy", render("<% -- nothing %>x<% --[[ nor here ]] %>y"))
    assert.equal("a--b", render("<%= 'a--b' -- c %>"))
  end)

  it("prints long runs of values", function()
    local source = ("<%= 1 %>"):rep(500)
    assert.equal(("1"):rep(500), render(source))
  end)

  it("sees harmless functions of Lua, and no others", function()
    assert.equal("A 2", render("<%= string.upper('a') %> <%= #table.pack(1, 2) %>"))
    assert.equal("nil nil nil", render("<%= tostring(io) %> <%= tostring(os) %> <%= tostring(require) %>"))
  end)

  it("does not change the data", function()
    local data = { x = 1 }
    render("<% x = 2 %>", data)
    assert.same({ x = 1 }, data)
    assert.is_nil(getmetatable(data))
  end)
end)

describe("escaping", function()
  local hostile = [["><script>alert('x')</script>&]]

  it("makes a text harmless", function()
    assert.equal("<p>&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>",
      render("<p><%= x %></p>", { x = hostile }))
    assert.equal('<p title="&quot;&gt;&lt;b">', render('<p title="<%= x %>">', { x = '"><b' }))
    assert.equal("<title>&lt;/title&gt;</title>", render("<title><%= x %></title>", { x = "</title>" }))
  end)

  it("prints numbers, and a raw value as it is", function()
    assert.equal("<p>12 1.5 <b></p>", render("<p><%= 12 %> <%= 1.5 %> <%- x %></p>", { x = "<b>" }))
  end)

  it("makes a URL harmless where one stands", function()
    for _, attribute in ipairs { "href", "src", "action", "cite", "poster", "formaction", "HREF" } do
      local source = ("<x %s='<%%= x %%>'>"):format(attribute)
      assert.equal(("<x %s='#'>"):format(attribute), render(source, { x = "javascript:alert(1)" }))
      assert.equal(("<x %s='#'>"):format(attribute), render(source, { x = " \tJaVaScRiPt:alert(1)" }))
      assert.equal(("<x %s='https://a.example/%%C3%%A9?a=1&amp;b=%%22'>"):format(attribute),
        render(source, { x = 'https://a.example/é?a=1&b="' }))
    end
  end)

  it("knows the beginning, the path and the query of a URL", function()
    local data = { x = "javascript:a b&c/d" }
    assert.equal('<a href="/x/javascript:a%20b&amp;c/d">', render('<a href="/x/<%= x %>">', data))
    assert.equal('<a href="/?q=javascript%3Aa%20b%26c%2Fd">', render('<a href="/?q=<%= x %>">', data))
    assert.equal('<a href="#">', render('<a href="<%= "" %><%= x %>">', data)) -- an empty beginning is none
    assert.equal('<a href="/base/2007/">', render('<a href="<%= root %><%= address %>">',
      { root = "/base/", address = "2007/" }))
  end)

  local refused = {
    ["<script>var x = <%= x %></script>"] = "inside <script> no value is harmless",
    ["<style>p { color: <%= x %> }</style>"] = "inside <style> no value is harmless",
    ["<SCRIPT type='x'>\"<%= x %>\""] = "inside <script> no value is harmless",
    ["<!-- <%= x %> -->"] = "a comment is no place for a value",
    ["<!DOCTYPE <%= x %>>"] = "no place for a value",
    ["<p class=<%= x %>>"] = "the value of the attribute 'class' needs quotation marks",
    ["<p class=a<%= x %>>"] = "the value of the attribute 'class' needs quotation marks",
    ["<<%= x %>>"] = "cannot be the name of a tag or of an attribute",
    ["</<%= x %>>"] = "cannot be the name of a tag or of an attribute",
    ["<p <%= x %>='1'>"] = "cannot be the name of a tag or of an attribute",
    ["<p onclick=\"f('<%= x %>')\">"] = "the attribute 'onclick' is a script",
    ["<p style='color: <%= x %>'>"] = "the attribute 'style' is CSS",
    ["<a href='javascript:f(<%= x %>)'>"] = "a value behind 'javascript:' would be run as code",
    ["<a href='java<%= x %>'>"] = "a value behind 'java' could change what the URL is",
  }
  it("refuses a value where none is harmless", function()
    for source, reason in pairs(refused) do
      local message = failure("\n\n" .. source, { x = "x" })
      assert.equal("page.etlua:3: <%= x %> is refused", message:match("^[^:]*:%d+: [^:]*refused"))
      assert.truthy(message:find(reason, 1, true), message)
    end
  end)

  it("goes on behind such places", function()
    assert.equal("<!-- > --><script>1 < 2</script><p>&lt;</p>",
      render("<!-- > --><script>1 < 2</script><p><%= '<' %></p>"))
    assert.equal("<p a=1 b='>' c>&lt;", render("<p a=1 b='>' c><%= '<' %>"))
    assert.equal("a < b &lt;", render("a < b <%= '<' %>"))
  end)

  it("wants every way through the code to end in the same place of the markup", function()
    assert.equal(
      "page.etlua:3: one way through the 'if' of line 1 ends in text, another in the attribute 'href' of <a>",
      failure('<% if x then %><a href="\n<% else %>b\n<% end %><%= y %>'))
    assert.truthy(failure('<% if x then %><!--<% end %>'):find("in a comment", 1, true))
    assert.truthy(failure('<% for i = 1, 2 do %><p title="<% end %>'):find("the 'for' of line 1", 1, true))
    assert.equal('<p class="a">&lt;',
      render('<p<% if x then %> class="a"<% else %> id="b"<% end %>><%= "<" %>', { x = 1 }))
  end)
end)

describe("a mistake in a template", function()
  it("is told with the template's own line", function()
    assert.equal("page.etlua:2: unexpected symbol near <eof>", failure("a\n<%= x + %>\nb"))
    assert.equal("page.etlua:3: '=' expected near 'b'", failure("\n\n<% a b %>"):gsub("syntax error", "'=' expected"))
    assert.equal("page.etlua:2: '<%' is not closed", failure("\n<% x"))
    assert.equal("page.etlua:2: the 'if' is not closed", failure("\n<% if x then %>\n\n"))
    assert.equal("page.etlua:4: an 'end' too many", failure("\n\n\n<% end %>"))
    assert.equal("page.etlua:1: a template cannot return", failure("<% if x then return end %>"))
  end)

  it("is told with its line when it runs", function()
    assert.equal("page.etlua:3: nothing to print: the value is nil", failure("a\nb\n<p><%= titel %></p>"))
    assert.equal("page.etlua:2: nothing to print: the value is a table", failure("\n<%= {} %>"))
    assert.equal("page.etlua:2: nothing to print: the value is nil", failure("\n<a href='<%= x %>'>"))
    assert.equal("page.etlua:4: boom", failure("a\n<% -- one\n-- two %>\n<% error('boom') %>"))
    assert.truthy(failure("\n\n<%- x.y.z %>", { x = {} }):find("^page.etlua:3: attempt to index a nil value"))
  end)

  it("is told with its line behind -%>, long values and many lines", function()
    assert.equal("page.etlua:5: x", failure("<% local a = [[\n\n]] -%>\n\n<% error('x') %>"))
  end)

  it("raises for what is no source", function()
    assert.has_error(function() template.new(nil) end, "bad argument #1 to 'template' (string expected, got nil)")
  end)
end)

describe("a set of templates", function()
  local function set(sources, globals)
    return template.set(function(name) return sources[name], name .. ".etlua" end, globals)
  end

  it("includes, with the same data or with its own", function()
    local one = set {
      page = "<% include('part') %>|<% include('part', { x = '<' }) %>|"
        .. "<% for i = 1, 2 do %><% include('part', { x = i }) %><% end %>",
      part = "[<%= x %>]",
    }
    assert.equal("[a]|[&lt;]|[1][2]", one:render("page", { x = "a" }))
  end)

  it("puts a template into a layout", function()
    local one = set {
      base = "<title><%= title %></title><main><% content() %></main>",
      page = "<% layout('base') -%>\n<p><%= text %></p>",
    }
    assert.equal("<title>T</title><main><p>x</p></main>", one:render("page", { title = "T", text = "x" }))
  end)

  it("has globals, which data come before", function()
    local one = set({ page = "<%= a %><%= b %>" }, { a = 1, b = 2 })
    assert.equal("13", one:render("page", { b = 3 }))
  end)

  it("says what is missing, what goes in circles and what stands in the wrong place", function()
    local one = set {
      circle = "<% include('circle') %>", missing = "\n<% include('nothing') %>", alone = "<% content() %>",
      mixed = "\n<% if x then include('circle') end %>", number = "\n<% include(1) %>",
    }
    local function raised(name) return select(2, pcall(one.render, one, name)) end
    assert.equal("there is no template 'nowhere'", raised "nowhere")
    assert.equal("there is no template 'nothing'", raised "missing")
    assert.equal("circle.etlua:1: include: 'circle' includes itself without end", raised "circle")
    assert.equal("alone.etlua:1: content() outside of a layout", raised "alone")
    assert.equal("mixed.etlua:2: 'include' needs a tag of its own: <% include(...) %>", raised "mixed")
    assert.equal("number.etlua:2: include: the name of a template expected, got number", raised "number")
    assert.equal("x", set({ page = "x" }):render("page")) -- and goes on working afterwards
  end)

  it("gives the same bytes each time, shorter pages behind longer ones", function()
    local one = set { page = "<% for i = 1, n do %><%= i %>,<% end %>" }
    assert.equal("1,2,3,", one:render("page", { n = 3 }))
    assert.equal("1,", one:render("page", { n = 1 }))
    assert.equal("", one:render("page", { n = 0 }))
  end)
end)
