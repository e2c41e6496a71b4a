//! Two computers of one collège, changed apart then merged: nothing is lost, nothing comes twice, nobody's words are
//! written over unasked, and in the end both hold the same register.

mod acts;
mod college;
mod elsewhere;

use acts::{Op, ops};
use college::Computer;
use proptest::prelude::*;
use store::OpenError;

use super::unopened;
use crate::wire::{MergeField, MergeSide};

/// What the simulation proposes; a conflict is decided for `side`.
fn proposals(side: MergeSide) -> impl Fn(&MergeField) -> MergeSide {
    move |field| if field.conflict { side } else { field.proposed }
}

fn here(_: &MergeField) -> MergeSide {
    MergeSide::Here
}

/// One computer, and another that took everything from it.
fn shared(ops: &[Op]) -> (Computer, Computer) {
    let (mut one, mut other) = (Computer::new(1), Computer::new(1_000_001));
    one.live(ops);
    other.take(&one, here).expect("an empty computer takes all");
    (one, other)
}

fn machine(serial: usize) -> Op {
    Op::Machine {
        serial,
        inventory: 0,
        host: 0,
        room: 1,
    }
}

#[test]
fn each_takes_what_the_other_changed_and_a_conflict_waits_for_a_person() {
    let edit = |machine, field, value| Op::Edit {
        machine,
        field,
        value,
    };
    let (notes, price, state) = (0, 1, 2);
    let (mut one, mut other) = shared(&[
        Op::Room(1),
        machine(1),
        machine(2),
        edit(0, notes, 1),
        edit(0, price, 1),
    ]);
    // Of one machine, here changes the note and there the price; of the other, both change the state.
    one.live(&[edit(0, notes, 3), edit(1, state, 1)]);
    other.wait(&one);
    other.live(&[edit(0, price, 2), edit(1, state, 2)]);
    let plan = one.simulate(&other);
    let fields: Vec<_> = plan
        .changed
        .iter()
        .flat_map(|row| {
            row.fields
                .iter()
                .map(|field| (field.label.as_str(), field.proposed, field.conflict))
        })
        .collect();
    assert_eq!(
        fields,
        [
            ("Prix", MergeSide::File, false),
            ("Notes", MergeSide::Here, false),
            ("État", MergeSide::Here, true),
        ],
        "the price is new there, the note is new here, the state was changed by both"
    );
    assert_eq!(
        plan.changed[1].fields[0].here, "en panne",
        "words, never ids"
    );
    let before = one.rows();
    one.take(&other, proposals(MergeSide::Here)).unwrap();
    other.take(&one, proposals(MergeSide::File)).unwrap();
    assert_eq!(one.rows(), other.rows(), "both hold the same register");
    assert_ne!(one.rows(), before, "which has the price");
}

#[test]
fn an_undone_merge_leaves_the_register_as_it_was_and_keeps_what_was_said() {
    let (mut one, mut other) = shared(&[Op::Room(1), machine(1), Op::Ticket { machine: 0 }]);
    let register = one.register();
    other.wait(&one);
    other.live(&[
        machine(3),
        Op::Edit {
            machine: 0,
            field: 0,
            value: 2,
        },
        Op::Note { ticket: 0 },
        Op::Person { name: 1, mail: 1 },
    ]);
    let done = one.take(&other, proposals(MergeSide::Here)).unwrap();
    assert_ne!(
        one.register(),
        register,
        "a machine, a person and a note came"
    );
    let undone = one.undo(&done.batch.unwrap());
    assert_eq!(undone.kept, [], "nothing speaks of what came");
    assert_eq!(one.register(), register, "as before the merge");
    assert!(
        one.rows().iter().any(|row| row.contains("note de 1000")),
        "the timeline keeps the line that came: {:?}",
        one.rows()
    );
}

#[test]
fn a_dossier_of_many_machines_comes_with_them_and_with_what_is_done() {
    let (mut one, mut other) = shared(&[Op::Room(1), machine(1), Op::Whole { pack: 1 }]);
    one.live(&[Op::Tick { ticket: 0, task: 0 }]);
    other.wait(&one);
    other.live(&[
        machine(2),
        Op::Tick { ticket: 0, task: 1 },
        Op::Whole { pack: 2 },
    ]);
    let added = one.simulate(&other).added;
    let lines = added.iter().find(|one| one.label == "Lignes de suivi");
    assert_eq!(
        lines.map(|lines| lines.count),
        Some(3),
        "a step done there and the two steps of the new dossier are told"
    );
    one.take(&other, here).unwrap();
    other.take(&one, here).unwrap();
    let rows = one.rows();
    assert_eq!(rows, other.rows(), "both computers say the same");
    let whole = |version: &str| rows.iter().find(|row| row.ends_with(version)).unwrap();
    assert!(
        whole("1.0").contains("Créer le groupe true, Prévenir le professeur true"),
        "done here and done there is done: {rows:?}"
    );
    assert!(
        whole("2.0").contains("S-1") && whole("2.0").contains("S-2"),
        "both machines are named, under the pack it was asked with: {rows:?}"
    );
    one.take(&other, here).unwrap();
    assert_eq!(one.rows(), rows, "merged again, nothing comes twice");
}

#[test]
fn a_dossier_sent_by_the_other_is_not_sent_again() {
    let (mut one, mut other) = shared(&[Op::Room(1), machine(1), Op::Ticket { machine: 0 }]);
    one.live(&[Op::Queue { ticket: 0 }]);
    other.wait(&one);
    other.live(&[Op::Number { ticket: 0 }]);
    one.take(&other, proposals(MergeSide::Here)).unwrap();
    assert_eq!(
        one.unsent(),
        0,
        "the platform has it under the number that came"
    );
    assert_eq!(one.rows(), other.rows(), "and both know the number");
}

#[test]
fn a_dossier_refused_here_and_sent_by_the_other_is_not_corrected_here() {
    let (mut one, mut other) = shared(&[Op::Room(1), machine(1), Op::Ticket { machine: 0 }]);
    one.live(&[Op::Queue { ticket: 0 }, Op::Refuse]);
    other.wait(&one);
    other.live(&[Op::Number { ticket: 0 }]);
    let notices = one.simulate(&other).notices.join(" ");
    assert!(notices.contains("son envoi sera retiré"), "told: {notices}");
    let done = one.take(&other, proposals(MergeSide::Here)).unwrap();
    assert_eq!(
        one.envois(),
        ["retire"],
        "nobody can correct it and send it a second time"
    );
    assert_eq!(done.envois.withdrawn, 1, "and the merge counts it");
    let rows = one.rows();
    assert!(
        rows.iter()
            .any(|row| row.contains("Envoi retiré de la file") && row.contains("numéro\u{a0}INC")),
        "the timeline says why: {rows:?}"
    );
}

#[test]
fn a_dossier_closed_by_the_other_does_not_leave_from_here() {
    let (mut one, mut other) = shared(&[Op::Room(1), machine(1), Op::Ticket { machine: 0 }]);
    one.live(&[Op::Queue { ticket: 0 }]);
    other.wait(&one);
    other.live(&[Op::Close { ticket: 0 }]);
    let notices = one.simulate(&other).notices.join(" ");
    assert!(notices.contains("ne partira pas"), "told: {notices}");
    one.take(&other, here).unwrap();
    assert_eq!(
        one.envois(),
        ["pret"],
        "kept open here on purpose, it leaves as it would have"
    );
    let done = one.take(&other, proposals(MergeSide::Here)).unwrap();
    assert_eq!(one.envois(), ["retire"], "closed, it stays");
    let sentence = done.envois.sentence();
    assert!(
        sentence.contains("retirés avant de partir"),
        "the merge says so: {sentence}"
    );
    assert!(
        one.rows()
            .iter()
            .any(|row| row.contains("le dossier a été fermé sur l’autre ordinateur")),
        "and the timeline says why: {:?}",
        one.rows()
    );
}

#[test]
fn a_dossier_closed_by_the_other_that_may_have_left_is_for_a_person_to_see() {
    let (mut one, mut other) = shared(&[Op::Room(1), machine(1), Op::Ticket { machine: 0 }]);
    one.live(&[Op::Queue { ticket: 0 }, Op::Doubt]);
    other.wait(&one);
    other.live(&[Op::Close { ticket: 0 }]);
    let notices = one.simulate(&other).notices.join(" ");
    assert!(notices.contains("peut-être déjà parti"), "told: {notices}");
    let done = one.take(&other, proposals(MergeSide::Here)).unwrap();
    assert_eq!(
        one.envois(),
        ["incertain"],
        "only the platform knows whether it arrived"
    );
    assert_eq!(done.envois.doubtful, 1, "and the merge says so");
}

#[test]
fn what_changed_here_after_it_was_shown_is_not_written_over() {
    let edit = |field, value| Op::Edit {
        machine: 0,
        field,
        value,
    };
    let (notes, price) = (0, 1);
    let (mut one, mut other) = shared(&[Op::Room(1), machine(1), edit(notes, 1)]);
    other.wait(&one);
    other.live(&[edit(notes, 2), edit(price, 2), machine(2)]);
    let seen = one.choices(&other, |_| MergeSide::File);
    one.wait(&other);
    one.live(&[edit(notes, 3)]);
    let (rows, batches) = (one.rows(), one.batches());
    let refused = one.apply(&other, seen).expect_err("the note is another");
    assert_eq!(
        refused.sentence(),
        "Ce registre a changé depuis la simulation\u{202f}: relancez-la.",
        "it says what to do"
    );
    assert_eq!(refused.code(), crate::wire::Code::Conflict, "a conflict");
    assert_eq!(one.rows(), rows, "neither the price nor the machine came");
    assert_eq!(one.batches(), batches, "and there is nothing to undo");
    let seen = one.choices(&other, |_| MergeSide::File);
    one.apply(&other, seen).expect("seen again, it is taken");
    assert_eq!(one.rows(), other.rows(), "as it is there");
}

#[test]
fn a_machine_lent_here_is_not_lent_twice_by_a_merge() {
    let (mut one, mut other) = shared(&[Op::Room(1), machine(1), Op::Lend { machine: 0 }]);
    other.wait(&one);
    other.live(&[Op::GiveBack { loan: 0 }, Op::Lend { machine: 0 }]);
    let before = one.rows();
    let refused = one.take(&other, here).expect_err("the return was left out");
    assert!(
        refused.sentence().contains("prêté à deux personnes"),
        "it says what to do: {}",
        refused.sentence()
    );
    assert_eq!(one.rows(), before, "nothing of it was applied");
    one.take(&other, proposals(MergeSide::Here))
        .expect("with the return, the next loan follows");
    assert_eq!(one.rows(), other.rows(), "the same hands on both sides");
}

#[test]
fn a_purchase_followed_on_both_sides_has_all_its_steps_in_order() {
    let (mut one, mut other) = shared(&[Op::Buy]);
    one.live(&[Op::Step {
        purchase: 0,
        state: 0,
    }]);
    other.wait(&one);
    other.live(&[Op::Step {
        purchase: 0,
        state: 1,
    }]);
    one.wait(&other);
    one.live(&[Op::Step {
        purchase: 0,
        state: 2,
    }]);
    other.take(&one, proposals(MergeSide::File)).unwrap();
    one.take(&other, proposals(MergeSide::Here)).unwrap();
    assert_eq!(
        one.rows(),
        other.rows(),
        "the purchase stands at its last step on both sides"
    );
    assert!(
        one.rows()
            .iter()
            .any(|row| row.contains("commandee") && row.contains("validee,commandee")),
        "steps in the order they were written down: {:?}",
        one.rows()
    );
}

#[test]
fn a_file_that_does_not_open_says_why_in_its_own_words() {
    let sentences: Vec<String> = [
        OpenError::WrongKey,
        OpenError::NotHandover,
        OpenError::Damaged {
            detail: String::new(),
        },
        OpenError::TooNew { found: 9, known: 2 },
    ]
    .into_iter()
    .map(|error| unopened(error).sentence())
    .collect();
    for (words, sentence) in [
        "phrase secrète",
        "n’est pas une passation",
        "incomplet ou abîmé",
        "plus récente",
    ]
    .iter()
    .zip(&sentences)
    {
        assert!(sentence.contains(words), "« {words} » in: {sentence}");
    }
    let full = unopened(OpenError::DiskFull);
    assert_eq!(
        full.code(),
        crate::wire::Code::DiskFull,
        "what is ours stays ours"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn two_computers_merged_both_ways_hold_the_same(
        base in ops(8), first in ops(8), second in ops(8), third in ops(5), fourth in ops(5),
    ) {
        let (mut one, mut other) = shared(&base);
        for (ours, theirs) in [(first, second), (third, fourth)] {
            one.live(&ours);
            other.wait(&one);
            other.live(&theirs);
            one.wait(&other);
            // A loan that both sides cannot have is the one refusal there is.
            if one.take(&other, proposals(MergeSide::Here)).is_err() {
                return Ok(());
            }
            other.wait(&one);
            if other.take(&one, proposals(MergeSide::File)).is_err() {
                return Ok(());
            }
            prop_assert_eq!(one.rows(), other.rows(), "each took the other's proposals, conflicts were decided alike");
            one.wait(&other);
        }
    }

    #[test]
    fn a_file_merged_twice_changes_nothing_the_second_time(
        base in ops(6), ours in ops(8), theirs in ops(8), coin in any::<u64>(),
    ) {
        let (mut one, mut other) = shared(&base);
        one.live(&ours);
        other.wait(&one);
        other.live(&theirs);
        one.wait(&other);
        let tossed = std::cell::Cell::new(coin);
        let choices = one.choices(&other, |_| {
            tossed.set(tossed.get().rotate_left(1));
            if tossed.get() & 1 == 0 { MergeSide::Here } else { MergeSide::File }
        });
        if one.apply(&other, choices.clone()).is_ok() {
            let (rows, batches) = (one.rows(), one.batches());
            let again = one.apply(&other, choices).expect("what was accepted once is again");
            prop_assert_eq!(again.batch, None, "there is nothing to undo");
            prop_assert_eq!(again.changed, 0, "no row changes");
            prop_assert_eq!(one.rows(), rows, "nor is any added");
            prop_assert_eq!(one.batches(), batches, "and the list of acts is as it was");
            prop_assert!(one.simulate(&other).added.is_empty(), "nothing is only there any more");
        }
    }

    #[test]
    fn what_nobody_chose_is_never_written_over(base in ops(8), ours in ops(8), theirs in ops(8)) {
        let (mut one, mut other) = shared(&base);
        one.live(&ours);
        other.wait(&one);
        other.live(&theirs);
        one.wait(&other);
        let before = one.register();
        if one.apply(&other, Vec::new()).is_ok() {
            let mut after = one.register();
            for row in &before {
                let at = after.iter().position(|kept| kept == row);
                prop_assert!(at.is_some(), "{} was written over", row);
                after.remove(at.unwrap());
            }
        }
    }

    #[test]
    fn an_undone_merge_gives_the_register_back(base in ops(8), ours in ops(6), theirs in ops(8)) {
        let (mut one, mut other) = shared(&base);
        one.live(&ours);
        other.wait(&one);
        other.live(&theirs);
        one.wait(&other);
        let before = one.register();
        if let Ok(done) = one.take(&other, proposals(MergeSide::File)) && let Some(batch) = done.batch {
            let undone = one.undo(&batch);
            if undone.kept.is_empty() {
                prop_assert_eq!(one.register(), before, "rooms, machines and people are as they were");
            }
        }
    }
}
