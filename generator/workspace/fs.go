package workspace

import "io/fs"

// FS shows the files of the module to code that reads an fs.FS.
func (w *Dir) FS() fs.FS { return w.root.FS() }
