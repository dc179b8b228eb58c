"""How the page reaches a browser.

    document         a Bokeh document and the page around it
    request          how a visitor came to it
    routes           the addresses that each app has beside Bokeh's
    data             the view as data at such addresses
    bokehjs          Bokeh's script; modules: the page's own
    embed            the dashboard in another page
    binder           where the dashboard runs
"""
