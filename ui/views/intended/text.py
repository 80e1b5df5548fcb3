"""What the page says; ``docs/intended-use.md`` says the same, and a test compares them."""

TEXT = """\
**In one sentence:** this is a tool for research and teaching on how emotion sounds when it is acted. It makes no
diagnosis, and it is not for judging people.

## What an answer is

The models that ship heard actors (RAVDESS, 24 professionals who spoke two sentences in North American English) or
artificial voices. They say to which acted emotion a recording is most alike. That is not what a person feels:
people in everyday life mostly show less than actors, show it otherwise, and may feel one thing and sound like
another. How often a model is right for people unlike its training speakers is measured, and stands beside each
model.

The model `words` hears nothing: it says how pleasant and how excited readers find the words of a sentence, not what
its writer feels.

## What it is for

* Learning and teaching: hear, see and compare acted emotion, and how a model tells it apart.
* Research: train and compare models on corpora whose terms allow it, and look into the space they make.
* Your own voice, for yourself.

## What it is not for

* No diagnosis: it says nothing about depression, stress, pain, lies, health or character.
* No judging of people: not in hiring, at work, at school, in insurance, in court, by the police or at a border, and
  not of callers or customers.
* No monitoring: nobody is listened to who does not know it.
* Nothing that decides about a person, with or without somebody who confirms it.

## Voices are personal data

* **Consent.** Record people, or judge their recordings, only if they have agreed to this very use and can take it
  back. *Recording studio* notes for each speaker what was agreed to. In the EU, the GDPR applies to recordings and
  also to the vectors that are made from them.
* **Children.** A child's recording also needs the consent of whoever has parental responsibility. The models that
  ship never heard a child: their answers about children's voices are worth nothing.
* Recordings stay on the computer that runs the app. `SECURITY.md` says where, and how long.

## The EU AI Act

Regulation (EU) 2024/1689, [in the Official Journal](https://eur-lex.europa.eu/eli/reg/2024/1689/oj):

* **Article 5(1)(f)** prohibits AI systems to infer emotions of a natural person in the areas of workplace and
  education institutions, except where their use is intended for medical or safety reasons. It has applied since 2
  February 2025 (Article 113). Emotion recognition means inference from biometric data (Article 3(39)); the
  Commission's guidelines on prohibited practices, C(2025) 884, count the voice among them. Do not use this app
  there; it is made for neither exception.
* **Annex III, point 1(c)** lists other systems intended for emotion recognition as high-risk. This project has not
  been assessed as one.
* **Article 50(3)** obliges whoever deploys an emotion recognition system to inform the people who are exposed to
  it, and to process their data as the data protection law says. Article 113 gives the date from which it applies.
* **Recital 44** names why: limited reliability, lack of specificity and limited generalisability of inferring
  emotions.

Other countries have laws of their own. This page tells facts and is no legal advice.

## Terms of the models and corpora

* `people`, the model for people's voices and the default of the commands, and `ravdess-residual` come from RAVDESS
  (the first from its song and from EmoDB, CC0, too) under CC BY-NC-SA 4.0: **not for commercial use**; its authors
  sell commercial licences.
* `demo-residual` comes from artificial speech (CC0 1.0) and may be used for everything; its results say nothing
  about people.
* `words`, the model of sentences in writing, comes from EmoBank under CC BY-SA 4.0: name the authors, share alike.
* A model that you train has the terms of its corpus. Each model's card, and every place where a model is chosen,
  states them.
* The code is under Apache-2.0.
"""
