//! Writing to standard output or to a file.

use crate::error::Error;
#[cfg(unix)]
use rustix::process::{Resource, getrlimit};
use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem, ResourceBusy};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Writes to standard output (also for `-`), or to a file. A regular file appears complete or not at all, and keeps its
/// mode, owner and attributes; symbolic links stay. Devices, pipes and open descriptors are written as they are.
pub fn write(file: Option<&Path>, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    let Some(path) = file.filter(|path| *path != Path::new("-")) else {
        return Ok(stream(io::stdout().lock(), content)?);
    };
    let there = fs::metadata(path).ok();
    let is_link = path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    let is_special = there.as_ref().map_or(is_link, |there| !there.is_file());
    let open = there.as_ref().and_then(|_| descriptor(path)).or_else(|| is_special.then(|| File::create(path)));
    let result = match open {
        Some(out) => out.and_then(|out| stream(out, content)),
        None => replace(path, there.is_some(), content),
    };
    result.map_err(|error| {
        // Cuts off the path of the temporary file, which means nothing to the user.
        let why = error.to_string().split(" at path ").next().unwrap_or_default().to_owned();
        Error::Unwritable(path.to_owned(), io::Error::new(error.kind(), why))
    })
}

fn stream(out: impl Write, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    content(&mut out)?;
    out.flush()
}

/// The open descriptor that a path leads to, such as `/dev/stderr` or `/proc/self/fd/3`. Opening the path would write from
/// the start of the file behind it. The path must lead somewhere.
#[cfg(unix)]
fn descriptor(path: &Path) -> Option<io::Result<File>> {
    let folder = Path::new(".").join(path.parent()?).canonicalize().ok()?;
    if folder != Path::new("/dev/fd") && Some(&folder) != Path::new("/proc/self/fd").canonicalize().ok().as_ref() {
        return descriptor(&folder.join(path.read_link().ok()?));
    }
    let number = path.file_name()?.to_str()?.parse().ok()?;
    #[expect(unsafe_code, reason = "std cannot duplicate a descriptor by its number otherwise")]
    // SAFETY: the path leads somewhere, so the descriptor is open, and nothing in this process closes it.
    let descriptor = unsafe { std::os::fd::BorrowedFd::borrow_raw(number) };
    Some(descriptor.try_clone_to_owned().map(File::from))
}

#[cfg(not(unix))]
fn descriptor(_: &Path) -> Option<io::Result<File>> {
    None
}

/// Makes a regular file, or replaces the one that is there.
fn replace(path: &Path, is_there: bool, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let target = if is_there { path.canonicalize()? } else { path.to_owned() };
    // A file without write permission must not be replaced either.
    let old = if is_there { Some(OpenOptions::new().write(true).open(&target)?) } else { None };
    // The content is made before the temporary file, so that a signal in the meantime leaves no file behind.
    let mut whole = Vec::new();
    content(&mut whole)?;
    #[cfg(unix)] // a write beyond this limit would kill the process
    if getrlimit(Resource::Fsize).current.is_some_and(|most| most < whole.len() as u64) {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    let replaced = temporary(&target, is_there).and_then(|mut new| {
        new.write_all(&whole)?;
        new.persist(&target).map_err(|error| error.error)
    });
    match (replaced.map_err(|error| (error.kind(), error)), old) {
        // The folder or the owner of the file does not allow to replace it, or it is a mount.
        (Err((PermissionDenied | ReadOnlyFilesystem | ResourceBusy, _)), Some(old)) => overwrite(&old, &whole),
        (replaced, _) => replaced.map(drop).map_err(|(_, error)| error),
    }
}

/// An empty file in the folder of another one, with the same owner, attributes and mode if that one is there. Fails with
/// `PermissionDenied` if it cannot have them.
fn temporary(target: &Path, is_there: bool) -> io::Result<tempfile::NamedTempFile> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".iana-ports-");
    #[cfg(unix)]
    if !is_there {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666)); // less what the umask forbids
    }
    let new = builder.tempfile_in(folder)?;
    if is_there {
        resemble(new.path(), target).map_err(|_| PermissionDenied)?;
    }
    Ok(new)
}

/// Gives a file the owner, the extended attributes (a list of access rights is one) and the mode of another one.
fn resemble(new: &Path, old: &Path) -> io::Result<()> {
    let metadata = fs::metadata(old)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let own = fs::metadata(new)?;
        if (own.uid(), own.gid()) != (metadata.uid(), metadata.gid()) {
            chown(new, Some(metadata.uid()), Some(metadata.gid()))?;
        }
        // The folder can have given the new file some. A file system without attributes lists none.
        let attributes = |file: &Path| xattr::list(file).into_iter().flatten();
        for name in attributes(new).chain(attributes(old)) {
            match xattr::get(old, &name)? {
                Some(value) => xattr::set(new, &name, &value)?,
                None => xattr::remove(new, &name)?,
            }
        }
    }
    fs::set_permissions(new, metadata.permissions())
}

/// Writes a file in place. The space is reserved first where the file system can do so, because a full disk would leave a
/// part of the file.
fn overwrite(mut file: &File, whole: &[u8]) -> io::Result<()> {
    let length = whole.len() as u64;
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::fs::fallocate(file, rustix::fs::FallocateFlags::KEEP_SIZE, 0, length) {
        if error != rustix::io::Errno::OPNOTSUPP {
            file.set_len(file.metadata()?.len())?; // gives the space back
            return Err(error.into());
        }
    }
    file.write_all(whole).and_then(|()| file.set_len(length)).map_err(|error| {
        io::Error::new(error.kind(), format!("{error}; the file was written in place and is now incomplete"))
    })
}
