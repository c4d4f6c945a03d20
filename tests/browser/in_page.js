/* What is asked of the open page, one function each; `page.py` loads this file into every page it opens. */
// anywidget gives a widget two seconds to be loaded, which are not enough where other parts of the suite run as well.
const patience = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = milliseconds => patience(10 * milliseconds);

window.look = (() => {
    const widget = () => window.jupyterapp && jupyterapp.shell.currentWidget;
    const cells = () => [...widget().content.widgets];
    const name = cell => cell.model.sharedModel.getId();
    const wide = element => element.scrollWidth > element.clientWidth + 1;
    const PARTS = {output: '.jp-OutputArea-output', text: '.jp-MarkdownOutput', code: '.jp-CodeCell .cm-scroller'};

    return {
        kernelIsIdle: () => widget()?.sessionContext?.session?.kernel?.status === 'idle',

        isLoaded: () => Boolean(widget()) && !document.querySelector('#jupyterlab-splash'),

        // Not waited for: seen once in some hundreds, what JupyterLab promises here is collected before it is kept.
        open: path => { jupyterapp.commands.execute('docmanager:open', {path}); },

        isShown: () => widget()?.content?.widgets?.length > 0 && !document.querySelector('#jupyterlab-splash')
            && cells().every(cell => cell.node.isConnected),

        runAll: () => {
            window.look.ranAll = false;
            jupyterapp.commands.execute('notebook:run-all-cells').finally(() => { window.look.ranAll = true; });
        },

        save: () => jupyterapp.commands.execute('docmanager:save'),

        cells: () => widget().content.model.toJSON().cells,

        putSources: sources => {
            for (const cell of cells()) {
                if (name(cell) in sources) cell.model.sharedModel.setSource(sources[name(cell)]);
            }
        },

        useTheme: theme => jupyterapp.commands.execute('apputils:change-theme', {theme}),

        themeIsUsed: theme =>
            document.body.dataset.jpThemeName === theme && !document.querySelector('#jupyterlab-splash'),

        widgetsAreDrawn: () => ![...document.querySelectorAll(PARTS.output)]
            .some(output => output.textContent.includes('Loading widget')),

        twoFrames: () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),

        scrollToTop: () => { document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0; },

        heightOfAll: () => {
            window.look.scrollToTop();
            return Math.ceil(cells().at(-1).node.getBoundingClientRect().bottom) + 60;
        },

        tooWide: () => {
            const found = [];
            for (const cell of cells()) {
                for (const [part, selector] of Object.entries(PARTS)) {
                    for (const e of [...cell.node.querySelectorAll(selector)].filter(wide)) {
                        found.push(`cell ${name(cell)}: its ${part} is ${e.scrollWidth} px wide, `
                            + `the page leaves it ${e.clientWidth}`);
                    }
                }
            }
            if (wide(document.documentElement)) found.push('the page itself scrolls sideways');
            return found;
        },

        brokenPictures: () => [...document.querySelectorAll('.jp-Cell img')]
            .filter(image => !image.complete || image.naturalWidth === 0)
            .map(image => (image.alt || image.src).slice(0, 80)),

        close: async () => {
            const closing = widget();
            await closing?.sessionContext?.ready;
            await closing?.sessionContext?.shutdown();
            closing?.dispose();
        },
    };
})();
