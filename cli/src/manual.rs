//! `iana-ports completions` and `iana-ports man`.

use crate::Outcome;
use crate::arguments::Completed;
use crate::error::Error;
use crate::help;
use crate::output::write;
use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

/// Prints a completion script.
pub fn completions(shell: Shell) -> Result<Outcome, Error> {
    let (mut command, mut script) = (Completed::command(), Vec::new());
    clap_complete::generate(shell, &mut command, "iana-ports", &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    match shell {
        // clap_complete 4.6 spells the parts of a name with a hyphen in two ways (clap-rs/clap issue 6421).
        Shell::Bash => script = script.replace("iana__subcmd__ports", "iana__ports"),
        Shell::Fish => script += &words_for_fish(&command),
        _ => {}
    }
    write(None, |out| out.write_all(script.as_bytes()))?;
    Ok(Outcome::Everything)
}

/// Completes arguments that are one of a few words, which clap_complete 4.6 leaves out for fish.
fn words_for_fish(command: &clap::Command) -> String {
    let mut lines = Vec::new();
    for own in command.get_subcommands() {
        let values = own.get_positionals().flat_map(clap::Arg::get_possible_values);
        let words: Vec<String> = values.map(|value| value.get_name().to_owned()).collect();
        if !words.is_empty() {
            let condition = format!("__fish_iana_ports_using_subcommand {}", own.get_name());
            lines.push(format!("complete -c iana-ports -n \"{condition}\" -a \"{}\"\n", words.join(" ")));
        }
    }
    lines.concat()
}

/// Prints one page for the command and its subcommands.
pub fn man() -> Result<Outcome, Error> {
    let command = help::command();
    write(None, |out| {
        let page = Man::new(command.clone()).title("IANA-PORTS").section("1");
        page.render_title(out)?;
        page.render_name_section(out)?;
        page.render_synopsis_section(out)?;
        page.render_description_section(out)?;
        page.render_options_section(out)?;
        for own in command.get_subcommands().filter(|own| own.get_name() != "help") {
            let page = Man::new(own.clone());
            writeln!(out, ".SH \"iana-ports {}\"", own.get_name())?;
            let about = own.get_about().map(ToString::to_string).unwrap_or_default();
            writeln!(out, "{about}.")?;
            let mut both = Vec::new();
            page.render_synopsis_section(&mut both)?;
            page.render_options_section(&mut both)?;
            let both = String::from_utf8_lossy(&both).replace(".SH SYNOPSIS", ".PP").replace(".SH OPTIONS", ".PP");
            out.write_all(both.as_bytes())?;
            let after = own.get_after_help().map(ToString::to_string).unwrap_or_default();
            writeln!(out, ".PP\n.nf\n{}\n.fi", after.replace('\\', "\\e").replace("\n.", "\n\\&."))?;
        }
        page.render_extra_section(out)?;
        page.render_version_section(out)
    })?;
    Ok(Outcome::Everything)
}
