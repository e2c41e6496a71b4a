use super::*;

fn creation() -> Creation {
    Creation {
        identity: "01890000-0000-7000-8000-000000000000".into(),
        reference: "REL-7K2M9Q".into(),
        summary: "Imprimante du CDI : bourrage".into(),
        description: "Bac 2 <sale>, depuis lundi.\n".into(),
        impact: "1-Extensive/Widespread".into(),
        urgency: "4-Low".into(),
        service_type: "User Service Restoration".into(),
        first_name: "Camille".into(),
        last_name: "Vernet".into(),
        login: None,
        phone: "04 73 00 00 00".into(),
        site: None,
        categories: BTreeMap::from([
            ("Categorization Tier 1".into(), "Poste de travail".into()),
            ("itilcategories_id".into(), "12".into()),
            ("users_id".into(), "personne".into()),
        ]),
    }
}

#[test]
fn a_ticket_gets_its_fields_and_the_reference_three_times() {
    let settings = GlpiSettings::new("http://127.0.0.1");
    let sent = to_create(&creation(), &settings, Some(7));
    let input = &sent["input"];
    assert_eq!(
        input["name"], "Imprimante du CDI : bourrage (REL-7K2M9Q)",
        "the title can be searched in every version"
    );
    assert_eq!(input["externalid"], "REL-7K2M9Q", "the field made for it");
    let content = input["content"].as_str().unwrap();
    assert!(
        content.contains("Bac 2 &lt;sale&gt;, depuis lundi."),
        "the text is escaped: {content}"
    );
    assert!(
        content.ends_with("<br>Demandeur : Camille Vernet<br>Téléphone : 04 73 00 00 00<br>Réf. client : REL-7K2M9Q</p>"),
        "people read who asks, and the reference on the last line; an empty field has no line: {content}"
    );
    assert_eq!(
        (&input["impact"], &input["urgency"], &input["type"]),
        (&json!(5), &json!(2), &json!(1)),
        "5 is the highest there, and a breakdown is an incident"
    );
    assert_eq!(
        input["_users_id_requester"], 7,
        "the person asks, whoever the session is"
    );
    assert_eq!(
        (
            input.get("itilcategories_id"),
            input.get("users_id"),
            input.get("Categorization Tier 1")
        ),
        (Some(&json!(12)), None, None),
        "a column with a number travels; another platform's category and a name in the place of a number do not"
    );
}

#[test]
fn levels_are_the_sites_own_where_it_says_so() {
    let mut settings = GlpiSettings::new("http://127.0.0.1");
    settings.impact.insert("1-Extensive/Widespread".into(), 4);
    settings.urgency.insert("4-Low".into(), 9);
    settings.requests.insert("User Service Restoration".into());
    let input = &to_create(&creation(), &settings, None)["input"];
    assert_eq!(input["impact"], 4, "the setting decides");
    assert_eq!(
        input.get("urgency"),
        None,
        "a level that GLPI does not have is left to GLPI"
    );
    assert_eq!(input["type"], 2, "so are service types");
    assert_eq!(
        input.get("_users_id_requester"),
        None,
        "an unknown person is left to GLPI"
    );
}

#[test]
fn a_long_title_loses_nothing_and_keeps_its_reference() {
    let settings = GlpiSettings::new("http://127.0.0.1");
    let long = Creation {
        summary: "é".repeat(300),
        ..creation()
    };
    let input = &to_create(&long, &settings, None)["input"];
    let name = input["name"].as_str().unwrap();
    assert_eq!(name.chars().count(), NAME_MAX, "GLPI cuts there");
    assert!(
        name.ends_with(" (REL-7K2M9Q)"),
        "and does not cut the reference: {name}"
    );
    assert!(
        input["content"].as_str().unwrap().contains(&long.summary),
        "the whole title is in the text"
    );
    let twice = Creation {
        summary: "Déjà dit (REL-7K2M9Q)".into(),
        ..creation()
    };
    assert_eq!(
        to_create(&twice, &settings, None)["input"]["name"],
        "Déjà dit (REL-7K2M9Q)",
        "a title that bears it does not bear it twice"
    );
}

fn follow_up(act: Act) -> FollowUp {
    FollowUp {
        identity: "01890000-0000-7000-8000-00000000000a".into(),
        reference: "REL-7K2M9Q".into(),
        act,
    }
}

#[test]
fn follow_ups_bear_their_identity() {
    let note = to_follow(
        15,
        &follow_up(Act::Note {
            text: "Toujours en panne.\n".into(),
        }),
    )
    .unwrap();
    assert_eq!(
        note["input"]["content"],
        "<p>Toujours en panne.<br>[#01890000-0000-7000-8000-00000000000a]</p>",
        "the tag is the last line"
    );
    assert_eq!(
        (&note["input"]["itemtype"], &note["input"]["items_id"]),
        (&json!("Ticket"), &json!(15))
    );
    let accept = to_follow(15, &follow_up(Act::AcceptResolution)).unwrap();
    assert_eq!(
        accept["input"]["add_close"], 1,
        "the form's button « approve »"
    );
    let refuse = to_follow(15, &follow_up(Act::RefuseResolution)).unwrap();
    assert_eq!(
        refuse["input"]["add_reopen"], 1,
        "the form's button « refuse »"
    );
    assert!(
        refuse["input"]["content"]
            .as_str()
            .unwrap()
            .contains("refusée"),
        "which wants a reason"
    );
    assert_eq!(
        to_follow(15, &follow_up(Act::Cancel)),
        None,
        "GLPI cancels nothing"
    );
    assert_eq!(
        ascii("Été à l’école \"1\".jpg"),
        "Ete a l_ecole _1_.jpg",
        "PHP reads ASCII names, without quotes"
    );
}
